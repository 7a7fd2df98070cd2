"""The container image holds the whole application, and nothing else that is in the repository."""

import re
from typing import Any

import yaml
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
        "requirements/base.txt",
    }
    assert not sent & {"tests", "bench", "docs"}


def test_every_package_is_counted_as_ours():
    """What is ours decides which change of code empties the cache of pages."""
    packages = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")}
    assert packages - {"tests", "bench"} == set(settings.OURS) - {"templates"}


def services() -> dict[str, Any]:
    composed = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    return dict(composed["services"])


def secrets() -> set[str]:
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    return {line.partition("=")[0] for line in lines if "_PASSWORD=" in line}


def test_each_service_knows_the_passwords_that_it_needs():
    """Each but the database reads the whole of `.env`, which holds all of them."""
    passwords = secrets()
    assert len(passwords) == 4
    needed = {
        "database": {"POSTGRES_PASSWORD"},
        "roles": passwords,
        "migrate": {"MSPORTAL_OWNER_PASSWORD"},
        "web": {"MSPORTAL_WEB_PASSWORD"},
    }
    assert services().keys() == needed.keys()
    for name, service in services().items():
        given = service["environment"]
        assert name == "database" or passwords <= given.keys(), "one of .env comes through"
        used = set(re.findall(r"\w+_PASSWORD", " ".join(v for v in given.values())))
        assert used == needed[name]


def test_the_site_signs_in_as_the_role_that_owns_nothing():
    urls = {name: s["environment"].get("DATABASE_URL", "") for name, s in services().items()}
    who = {name: url.partition("//")[2].partition("}")[0] for name, url in urls.items()}
    assert who == {
        "database": "",
        "roles": "${POSTGRES_USER:-postgres",
        "migrate": "${MSPORTAL_OWNER_ROLE:-msportal_owner",
        "web": "${MSPORTAL_WEB_ROLE:-msportal_web",
    }


def test_roles_are_made_before_tables_and_tables_before_the_site():
    found = services()
    assert found["web"]["depends_on"].keys() == {"database", "migrate"}
    assert found["migrate"]["depends_on"] == {
        "roles": {"condition": "service_completed_successfully"}
    }
    assert found["roles"]["command"][-1] == "setup_roles"
    assert {found[name]["restart"] for name in ("roles", "migrate")} == {"no"}
