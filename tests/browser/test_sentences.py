"""Sentences not understood become claims from a phone without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_document_to_page import PASSWORD, PEOPLE
from tests.servers import Site

PHONE = {"width": 390, "height": 800}
FIRST = "With ocrelizumab, infections were what nurses wrote down."
SECOND = "Rituximab, and the relapses that were awaited."
LINES = f"""
from tests.building import source_with_text
from therapies.models import SeenSentence
first, second = {FIRST!r}, {SECOND!r}
text = f"Antibodies\\n{{first}} {{second}}"
document = source_with_text(text, title="Antibodies").documents.get()
for words, name in ((first, "Ocrelizumab"), (second, "Rituximab")):
    start = text.index(words)
    SeenSentence.objects.create(
        document=document, start=start, end=start + len(words), exact=words,
        names=[name], topics=["safety"],
    )
"""


@pytest.fixture
def phone(
    browser: Browser, filled_copy: Callable[[str], str], site_server: Callable[..., Site]
) -> Page:
    site = site_server(filled_copy(PEOPLE + LINES))
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def test_one_press_makes_a_claim_and_comes_back_to_the_place(phone: Page) -> None:
    phone.goto("/admin/sources/source/")
    phone.get_by_role("link", name="Antibodies").click()
    phone.get_by_role("link", name="Not understood (2)").click()
    line = phone.get_by_role("listitem").filter(has_text=FIRST)
    expect(line).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    line.get_by_role("button", name="Make a claim").click()
    expect(line.get_by_role("status")).to_be_in_viewport()
    expect(line.get_by_role("status")).to_contain_text("A claim about Ocrelizumab")

    # The other one is dismissed with a tick.
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Dismiss the ticked").click()
    expect(phone.locator(".messagelist .success")).to_contain_text("The sentence was dismissed")
    expect(phone.get_by_role("link", name="Not understood")).to_have_count(0)

    # The claim says the sentence and names the editor.
    phone.goto("/admin/therapies/claim/")
    phone.get_by_role("link", name="With ocrelizumab").click()
    expect(phone.locator("textarea[name=text]")).to_have_value(FIRST)
