"""The whole story in a real browser: a document becomes a page that leads back to it."""

import hashlib
import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.databases import run_manage
from tests.servers import Site

DOCUMENT = """\
Ocrelizumab in relapsing multiple sclerosis

Ann Example, Bob Sample

Review article

Abstract

Multiple sclerosis (MS) is a chronic disease of the central nervous system.
Ocrelizumab selectively depletes B cells. Ocrelizumab reduced the relapse rate in patients with
relapsing multiple sclerosis. Ocrelizumab is given by intravenous infusion every six months.
Infusion reactions and infections were more frequent with ocrelizumab than with interferon beta.
"""
SENTENCE = "Ocrelizumab selectively depletes B cells."
PASSWORD = "a long password for tests"

PEOPLE = f"""
from tests.building import person
for role in ("editor", "reviewer"):
    user = person(role, f"{{role.title()}} Person")
    user.username, user.is_staff = role, True
    user.set_password({PASSWORD!r})
    user.save()
"""


def get(site: Site, path: str) -> Any:
    with urllib.request.urlopen(site.url + path) as answer:
        return json.load(answer)


def sign_in(browser: Browser, site: Site, username: str, **context: Any) -> Page:
    """A window of its own, signed in, at the workroom's first page."""
    page = browser.new_context(base_url=site.url, **context).new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Log out").or_(
        page.get_by_role("button", name="Log out"))).to_be_visible()  # fmt: skip
    return page


def open_record(page: Page, kind: str, name: str) -> None:
    app = "sources" if kind == "source" else "therapies"
    page.goto(f"/admin/{app}/{kind}/")
    page.get_by_role("link", name=name, exact=True).first.click()


def submit(page: Page, kind: str, name: str) -> None:
    open_record(page, kind, name)
    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.locator(".state-in-review").first).to_be_visible()


def review(page: Page, name: str) -> None:
    """From the queue: agree to each pair, then approve."""
    page.goto("/admin/queue/")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator(".sheet")).to_be_visible()
    lines = page.locator("[data-line]")
    assert lines.count() > 0
    for line in lines.all():
        line.get_by_label("Agree", exact=True).check()
        expect(line.locator("li.agree")).to_be_visible()
    page.get_by_label("Note, required").fill("Compared each claim with its passage.")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".state-approved").first).to_be_visible()


@pytest.fixture
def site(site_server: Callable[..., Site], database_copy: str, tmp_path: Path) -> Site:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "ocrelizumab.txt").write_text(DOCUMENT)
    run_manage(database_copy, "seed", str(folder))
    run_manage(database_copy, "shell", "--verbosity=0", "-c", PEOPLE)
    return site_server()


def test_document_becomes_a_page_that_leads_back_to_it(browser: Browser, site: Site) -> None:
    title = "Ocrelizumab in relapsing multiple sclerosis"
    assert get(site, "/api/v1/therapies/")["results"] == []

    editor = sign_in(browser, site, "editor")
    submit(editor, "source", title)
    mechanisms = _names(editor, "/admin/therapies/mechanism/")
    for name in mechanisms:
        submit(editor, "mechanism", name)
    submit(editor, "therapy", "Ocrelizumab")

    # The editor cannot approve: the page says why and offers no way.
    editor.get_by_role("link", name="Review and actions").click()
    expect(editor.get_by_text("Not for you to decide: needs the role reviewer")).to_be_visible()
    expect(editor.get_by_label("Agree", exact=True)).to_have_count(0)
    assert get(site, "/api/v1/therapies/")["results"] == []

    reviewer = sign_in(browser, site, "reviewer")
    for name in [title, *mechanisms, "Ocrelizumab"]:
        review(reviewer, name)

    # A reader without JavaScript, on a phone, meets the sentence, its quote and who checked it.
    reader = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 375, "height": 800}
    ).new_page()
    reader.goto("/therapies/")
    reader.get_by_role("link", name="Ocrelizumab").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Ocrelizumab")
    expect(reader.locator("q", has_text=SENTENCE).first).to_be_visible()
    expect(
        reader.get_by_text(
            re.compile("Every quote checked and version 1 approved by Reviewer Person")
        )
    ).to_be_visible()
    reader.get_by_text(f"In context: {SENTENCE}").click()
    quote = reader.locator("mark", has_text=SENTENCE).first
    expect(quote).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 375

    # The API says the same, with offsets that hold in the file as received.
    record = get(site, "/api/v1/therapies/ocrelizumab/")
    passages = [e["passage"] for c in record["claims"] for e in c["evidence"]]
    assert passages
    for passage in passages:
        assert DOCUMENT[passage["start"] : passage["end"]] == passage["exact"]
        assert passage["document"]["sha256"] == hashlib.sha256(DOCUMENT.encode()).hexdigest()
    assert SENTENCE in [p["exact"] for p in passages]

    done = run_manage(site.database_url, "verify")
    assert (done.returncode, done.stderr) == (0, "")


def _names(page: Page, path: str) -> list[str]:
    page.goto(path)
    return page.locator("#result_list tbody th a").all_inner_texts()
