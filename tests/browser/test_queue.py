"""Work is found in the queue, given to somebody, taken, and taken back, without script; on a phone
and at a desk.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_document_to_page import PEOPLE, sign_in
from tests.browser.test_lists import DESKTOP, PHONE
from tests.servers import Site

BASE = f"""
from editorial import actions
from editorial.models import User
from tests.building import source_with_text
{PEOPLE}
editor = User.objects.get(username="editor")
for title in ("Ocrelizumab trial", "Ofatumumab trial", "Cohort of Ærø"):
    source = source_with_text(f"{{title}} and more.", title=title)
    actions.submit(source, by=editor, note=f"Please check {{title}}.")
source_with_text("A draft.", title="A draft")
"""


@pytest.fixture
def site(filled_copy: Callable[[str], str], site_server: Callable[..., Site]) -> Site:
    return site_server(filled_copy(BASE))


def opened(browser: Browser, site: Site, who: str, size: Any) -> Page:
    return sign_in(browser, site, who, viewport=size, java_script_enabled=False)


def rows(page: Page) -> Locator:
    return page.locator("tr.in-review")


def fits(page: Page) -> None:
    """Nothing has to be moved sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_work_is_found_given_taken_and_taken_back(browser: Browser, site: Site, size: Any) -> None:
    editor = opened(browser, site, "editor", size)
    fits(editor)
    expect(editor.get_by_role("heading", name="Your work in review 3")).to_be_visible()
    editor.get_by_role("link", name="all 3 in the queue").click()
    expect(rows(editor)).to_have_count(3)
    fits(editor)

    editor.get_by_label("Name or submitter").fill("aero")
    editor.get_by_role("button", name="Show", exact=True).click()
    expect(rows(editor)).to_have_count(1)
    expect(rows(editor)).to_contain_text("Please check Cohort of Ærø.")
    editor.get_by_label("Name or submitter").fill("trial")
    editor.get_by_label("Reviewer", exact=True).first.select_option("Nobody")
    editor.get_by_label("Order").select_option("By name")
    editor.get_by_role("button", name="Show", exact=True).click()
    expect(rows(editor).locator("th a")).to_have_text(["Ocrelizumab trial", "Ofatumumab trial"])

    editor.get_by_role("checkbox", name="Tick Ocrelizumab trial").check()
    editor.get_by_label("Note to them").fill("You know this trial.")
    several = editor.locator("#several")
    several.get_by_label("Reviewer").select_option("Reviewer Person")
    several.get_by_role("button", name="Ask them to review").click()
    expect(editor.locator(".messagelist")).to_have_text(
        "Ocrelizumab trial: Reviewer Person is asked to review it."
    )
    expect(rows(editor)).to_have_count(1)  # nobody has the other one

    reviewer = opened(browser, site, "reviewer", size)
    section = reviewer.locator(".section", has_text="Your reviews")
    expect(section).to_contain_text("asked: Reviewer Person")
    section.get_by_role("link", name="all 1 in the queue").click()
    fits(reviewer)
    reviewer.get_by_role("button", name="Take it (Ocrelizumab trial)").click()
    expect(
        reviewer.get_by_text(re.compile("Reviewer Person is reviewing this since"))
    ).to_be_visible()

    editor.goto("/admin/queue/?whose=own")
    expect(rows(editor).filter(has_text="Ocrelizumab")).to_contain_text(
        "Reviewer Person is reviewing this since"
    )
    second = editor.context.new_page()
    second.goto("/admin/queue/?whose=own")
    for tab in (editor, second):
        for box in tab.get_by_role("checkbox").all():
            box.check()
    for tab, told in ((editor, "it is a draft again."), (second, "You did this already")):
        tab.get_by_role("button", name="Take them back").click()
        expect(tab.locator(".messagelist li")).to_have_count(3)
        expect(tab.locator(".messagelist li").first).to_contain_text(told)
        expect(tab.get_by_text("No record in review fits.")).to_be_visible()
    editor.goto("/admin/")
    expect(editor.get_by_role("heading", name="Your drafts 3")).to_be_visible()
    expect(editor.get_by_role("heading", name="Drafts that nobody owns 1")).to_be_visible()


def test_all_rows_are_ticked_at_once_by_script(browser: Browser, site: Site) -> None:
    editor = sign_in(browser, site, "editor", viewport=DESKTOP)
    editor.goto("/admin/queue/")
    every = editor.get_by_role("checkbox", name="Tick all on this page")
    every.check()
    expect(editor.get_by_text("3 ticked")).to_be_visible()
    editor.get_by_role("checkbox", name="Tick Ocrelizumab trial").uncheck()
    expect(editor.get_by_text("2 ticked")).to_be_visible()
    expect(every).not_to_be_checked()
    editor.get_by_role("button", name="Take them back").click()
    expect(editor.locator(".messagelist li")).to_have_count(2)
    expect(rows(editor).locator("th a")).to_have_text(["Ocrelizumab trial"])


def test_list_asks_before_several_are_submitted(browser: Browser, site: Site) -> None:
    editor = opened(browser, site, "editor", PHONE)
    editor.get_by_role("link", name="all 1 source").click()
    editor.get_by_role("checkbox", name=re.compile("A draft")).check()
    editor.locator("select[name=action]").select_option("submit_selected")
    editor.get_by_role("button", name="Go", exact=True).click()
    expect(editor.get_by_text("Whoever submits a record vouches for it")).to_be_visible()
    fits(editor)
    editor.get_by_label("Note to the reviewers").fill("Short.")
    editor.get_by_role("button", name="Vouch for them and submit").click()
    expect(editor.locator(".messagelist")).to_have_text("A draft: it waits for a reviewer.")
    editor.goto("/admin/queue/?q=draft")
    expect(rows(editor)).to_contain_text("Short.")
