"""The site does all of its work as a role of the database that owns nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import Copies, run_manage
from tests.roles import NO_ROLES, ON_POSTGRESQL, Base, base_with_roles, named
from tests.servers import Site
from tests.visiting import Visitor
from tests.workroom import fields_of, pressed, presses

pytestmark = [pytest.mark.skipif(not ON_POSTGRESQL, reason=NO_ROLES), pytest.mark.process]

TITLE = "Ocrelizumab in relapsing multiple sclerosis"
DOCUMENT = f"""\
{TITLE}

Abstract

Multiple sclerosis (MS) is a chronic disease of the central nervous system.
Ocrelizumab selectively depletes B cells.
"""
PASSWORD, NEW = "a long enough passphrase", "another passphrase"
PUBLIC = "/sources/ocrelizumab-in-relapsing-multiple-sclerosis/"


@pytest.fixture
def base(database_copies: Copies) -> Iterator[Base]:
    roles = named("story-owner", "story-web", "story-read")
    with base_with_roles(database_copies, roles) as found:
        yield found


@pytest.fixture
def site(base: Base, site_server: Callable[..., Site]) -> Site:
    return site_server(base.web, **base.environment)


def done(answer: tuple[int, str]) -> str:
    status, html = answer
    assert status == 200, html
    assert "errornote" not in html, html
    return html


def manage(base: Base, *arguments: str, **more: str) -> str:
    return run_manage(base.web, *arguments, **{**base.environment, **more}).stdout


def group(base: Base, name: str) -> Any:
    with psycopg.connect(base.web) as connection:
        row = connection.execute("SELECT id FROM auth_group WHERE name = %s", [name]).fetchone()
    assert row is not None
    return row[0]


def account(root: Visitor, name: str, number: int) -> None:
    fields = {
        "username": name,
        "first_name": name.title(),
        "last_name": "Person",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [number],
    }
    done(root.fill_in("/admin/editorial/user/add/", "user_form", **fields))


def judge(reviewer: Visitor, review: str, verdict: str, note: str = "") -> None:
    """Say the same of every pair on the page, and save it."""
    sheet = fields_of(done(reviewer.get(review)), "sheet")
    pairs = [name.removeprefix("had-") for name in sheet if name.startswith("had-")]
    assert pairs
    for pair in pairs:
        sheet |= {f"verdict-{pair}": verdict, f"note-{pair}": note}
    done(reviewer.post(review.replace("review", "act"), sheet | {"action": "judge"}))


def answer_disagreements(editor: Visitor, review: str) -> None:
    html = done(editor.get(review))
    for fields in [posted for posted in presses(html) if "reply" in posted]:
        said = {f"answer-{fields['reply']}": "It is, on the second page."}
        html = done(editor.post(review.replace("review", "act"), fields | said))
    assert "It is, on the second page." in html


def report_and_answer(reader: Visitor, editor: Visitor) -> None:
    (fields,) = (p for p in presses(done(reader.get(f"{PUBLIC}report/"))) if "ticket" in p)
    filled = fields | {"kind": "other", "text": "It speaks of mice."}
    assert "Received." in done(reader.post(f"{PUBLIC}report/", filled))
    number = reader.at.split("/")[-2].replace("-", "")
    report = f"/admin/publication/report/{number}/change/"
    assert "It speaks of mice." in done(editor.get(report))
    done(editor.fill_in(report, "report_form", outcome="kept", note="People."))
    assert "nothing was changed" in done(reader.get(reader.at))


def test_whole_story(base: Base, site: Site) -> None:
    manage(base, "createsuperuser", "--noinput", "--username=root", "--email=root@example.org",
           DJANGO_SUPERUSER_PASSWORD=PASSWORD)  # fmt: skip
    root, editor, reviewer, reader = (Visitor(site) for _ in range(4))
    assert "errornote" in root.sign_in("root", "wrong")[1]
    assert "Log out" in done(root.sign_in("root", PASSWORD))
    for name, visitor in (("editor", editor), ("reviewer", reviewer)):
        account(root, name, group(base, name))
        assert "Log out" in done(visitor.sign_in(name, PASSWORD))

    preview = fields_of(done(editor.hand_in(DOCUMENT, "ocrelizumab.txt")), "preview_form")
    done(editor.post(editor.at, preview | {"action": "draft"}))
    change = editor.at
    review, act = (change.replace("change", page) for page in ("review", "act"))
    done(editor.fill_in(change, "source_form", _submit_for_review="1"))
    judge(reviewer, review, "disagree", "It is not the title that is printed.")
    answer_disagreements(editor, review)
    judge(reviewer, review, "agree")
    assert reader.get(PUBLIC)[0] == 404
    for action, answer in (("approve", 200), ("withdraw", 410)):
        posted = pressed(done(reviewer.get(review)), action)
        assert posted is not None
        done(reviewer.post(act, posted | {"note": "Compared with the work itself."}))
        assert reader.get(PUBLIC)[0] == answer
        if action == "approve":
            report_and_answer(reader, editor)
    done(editor.post(act, pressed(done(editor.get(review)), "revise") or {}))
    done(editor.fill_in(change, "source_form", publisher="A Press"))

    done(root.fill_in("/admin/editorial/user/2/change/", "user_form", last_name="Other"))
    token = fields_of(done(root.get("/admin/password_change/")), "logout-form")
    changed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert "was changed" in done(root.post("/admin/password_change/", token | changed))
    done(reviewer.post("/admin/logout/", fields_of(reviewer.get(review)[1], "logout-form")))
    assert "Log out" not in reviewer.get("/admin/")[1]

    stranger = Visitor(site)
    assert [stranger.sign_in("nobody", "wrong")[0] for _ in range(11)] == [200] * 9 + [429] * 2
    manage(base, "axes_reset")
    assert stranger.sign_in("nobody", "wrong")[0] == 200
    with psycopg.connect(base.administrator, autocommit=True) as connection:
        connection.execute("UPDATE django_session SET expire_date = now() - interval '1 day'")
        manage(base, "clearsessions")
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)

    assert run_manage(base.owner, "verify", **base.environment).returncode == 0
    assert run_manage(base.owner, "rebuild", **base.environment).returncode == 0
    said = site.log.read_text()
    assert "permission denied" not in said
    assert "Traceback" not in said


def test_demonstration(base: Base) -> None:
    """Every seed read, drafted and taken through review, by the same role."""
    out = manage(base, "demo", MSPORTAL_DEMONSTRATION="true")
    assert "demo-reviewer" in out
    manage(base, "seed", MSPORTAL_DEMONSTRATION="true")
    assert run_manage(base.owner, "verify", **base.environment).returncode == 0
