"""The container image holds the whole application, and nothing else that is in the repository."""

from django.conf import settings

SENT = settings.BASE_DIR / ".dockerignore"


def test_the_image_is_sent_every_room_of_the_application():
    sent = {
        line[1:] for line in SENT.read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    assert sent >= {
        *settings.OURS,
        "seeds",
        "manage.py",
        "gunicorn.conf.py",
        "requirements/base.txt",
    }
    assert not sent & {"tests", "bench", "docs"}


def test_every_package_is_counted_as_ours():
    """What is ours decides which change of code empties the cache of pages."""
    packages = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")}
    assert packages - {"tests", "bench"} == set(settings.OURS) - {"templates"}
