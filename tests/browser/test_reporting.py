"""A reader reports a problem by keyboard, without script; an editor answers; the reader sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_document_to_page import PEOPLE, sign_in
from tests.browser.test_reading import CONTRAST
from tests.servers import Site

WORDS = "The passage speaks of mice, not of people."
BASE = f"from tests.small_base import small_base\nsmall_base()\n{PEOPLE}"


@pytest.fixture
def site(filled_copy: Callable[[str], str], site_server: Callable[..., Site]) -> Site:
    return site_server(filled_copy(BASE))


def test_problem_is_reported_answered_and_followed(browser: Browser, site: Site) -> None:
    phone = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    reader = phone.new_page()
    reader.goto("/therapies/ocrelizumab/")
    reader.goto(reader.locator("a[href^='/claims/']").first.get_attribute("href") or "")
    reader.get_by_role("link", name="Report a problem with this claim").press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Report a problem")
    reader.get_by_label("The passage does not say this").focus()
    by_keyboard(reader, " ", "Tab")
    expect(reader.get_by_label("What should the editors know?")).to_be_focused()
    by_keyboard(reader, "Tab")  # past the field that is for machines
    expect(reader.get_by_role("button", name="Send the report")).to_be_focused()
    by_keyboard(reader, "Enter")
    expect(reader.get_by_role("alert")).to_contain_text("Say in a sentence what is wrong")
    expect(reader.get_by_label("The passage does not say this")).to_be_checked()
    keeps_its_looks(reader)
    reader.get_by_role("alert").get_by_role("link").press("Enter")
    reader.get_by_label("What should the editors know?").fill(WORDS)
    by_keyboard(reader, "Tab", "Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Report [\w-]{11}$"))
    expect(reader.locator(".lead")).to_have_text("Received. Nobody has looked at it yet.")
    expect(reader.get_by_text(WORDS)).to_have_count(0)
    keeps_its_looks(reader)
    assert phone.cookies() == []

    editor = sign_in(browser, site, "editor")
    editor.get_by_role("link", name="1 open report").click()
    editor.locator("#result_list tbody th a").click()
    expect(editor.locator(".reported")).to_have_text(WORDS)
    editor.get_by_label("looked at, nothing changed").check()
    editor.get_by_label("Note for the workroom").fill("The passage is about people.")
    editor.get_by_role("button", name="Say so").click()
    expect(editor.locator(".messagelist")).to_contain_text("looked at, nothing changed")
    editor.goto("/admin/")
    expect(editor.get_by_text("No reader waits for an answer.")).to_be_visible()

    reader.reload()
    expect(reader.locator(".lead")).to_have_text("It was looked at, and nothing was changed.")
    expect(reader.get_by_text("about people")).to_have_count(0)


def by_keyboard(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def keeps_its_looks(page: Page) -> None:
    """Contrast, light and dark; and the width of the smallest phones."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate(CONTRAST) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 390, "height": 844})
