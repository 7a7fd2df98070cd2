"""A document is added from a phone without JavaScript: pasted, looked through, drafted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_document_to_page import DOCUMENT, PASSWORD, PEOPLE
from tests.servers import Site

DRUG_NAME = "Ocrelizumab"
WRONG = "Infusion reactions and infections were more frequent"
PHONE = {"width": 400, "height": 800}


@pytest.fixture
def phone(
    browser: Browser, filled_copy: Callable[[str], str], site_server: Callable[..., Site]
) -> Page:
    site = site_server(filled_copy(PEOPLE))
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def test_pasted_document_is_looked_through_and_drafted(phone: Page) -> None:
    phone.get_by_role("link", name="Add a document").click()
    phone.get_by_label("Or paste the text").fill(DOCUMENT)
    phone.get_by_label("Name of the pasted text").fill("ocrelizumab.txt")
    phone.get_by_role("button", name="Read it and show what it yields").click()
    expect(phone.get_by_role("button", name="Create the drafts")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # What is wrong is unticked; the words of a claim are its box's label.
    wrong = phone.get_by_role("checkbox", name=WRONG)
    count = wrong.count()
    assert count > 0
    for number in range(count):
        wrong.nth(number).uncheck()
    phone.get_by_role("button", name="Create the drafts").click()
    expect(phone.locator(".messagelist .success")).to_contain_text(f"{count} left out for good")

    # The message leads to the record, which has the other claims, each with its reason.
    phone.locator(".messagelist").get_by_role("link", name=DRUG_NAME).click()
    claims = phone.locator("textarea[name$=-text]")
    expect(claims.filter(has_text="selectively depletes B cells").first).to_be_visible()
    expect(claims.filter(has_text=WRONG)).to_have_count(0)
    phone.get_by_role("link", name="Review and actions").click()
    expect(phone.locator(".aside").first).to_contain_text("Machine-proposed.")
    expect(phone.get_by_text("Editor Person: chose its claims")).to_be_visible()

    # Pasted again, it is known, and nothing comes back.
    phone.goto("/admin/sources/document/add/")
    phone.get_by_label("Or paste the text").fill(DOCUMENT)
    phone.get_by_role("button", name="Read it and show what it yields").click()
    expect(phone.get_by_text("There is nothing new in it.")).to_be_visible()
    expect(phone.get_by_role("checkbox")).to_have_count(0)


TITLE = "Infusions of ocrelizumab and sleep in a coastal cohort"
FIRST = (
    f"---\ntitle: {TITLE}\ndate: 2019\n---\n\nOcrelizumab reduced relapses in multiple sclerosis.\n"
)
SECOND = (
    f"---\ntitle: {TITLE}\ndate: 2019\n---\n\n"
    "Natalizumab may cause headache in people with multiple sclerosis.\n"
)


def add(page: Page, text: str) -> None:
    page.goto("/admin/sources/document/add/")
    page.get_by_label("Or paste the text").fill(text)
    page.get_by_role("button", name="Read it and show what it yields").click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def test_work_that_may_be_here_is_asked_about(phone: Page) -> None:
    add(phone, FIRST)
    phone.get_by_role("button", name="Create the drafts").click()
    add(phone, SECOND)
    asked = phone.get_by_role("group", name="Is it a work that is here?")
    expect(asked).to_be_visible()
    expect(asked.get_by_role("radio", checked=True)).to_have_count(0)
    assert fits(phone)
    phone.get_by_role("button", name="Create the drafts").click()
    expect(phone.get_by_role("alert")).to_contain_text("Say whether this is a new text")
    asked.get_by_label("Another work").check()
    asked.get_by_role("button", name="Show what that changes").click()
    expect(asked.get_by_label("Another work")).to_be_checked()
    phone.get_by_role("button", name="Create the drafts").click()

    # Both sources say so until something tells them apart.
    expect(phone.get_by_role("heading", name="May be the same work")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("link", name=TITLE, exact=True).click()
    expect(phone.get_by_role("heading", name="May be the same work")).to_be_visible()
