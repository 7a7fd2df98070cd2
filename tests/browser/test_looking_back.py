"""Looking back, what changed, and whether the log still is what it was: by keyboard, no script."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_reading import CONTRAST, PATH, PHONE, opened
from tests.large_base import DRUG
from tests.servers import Site


@pytest.fixture
def site(large_site: Site) -> Site:
    return large_site


def test_reader_looks_back_from_a_page_and_comes_back(browser: Browser, site: Site) -> None:
    page = opened(browser, site, java_script_enabled=False)
    fold = page.locator(".when summary")
    fold.focus()
    page.keyboard.press("Enter")
    day = page.get_by_label("At the end of a day that is over (UTC)")
    day.fill(str(day.get_attribute("max")))
    day.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not yet public then")
    page.get_by_role("link", name="As it was first approved").press("Enter")
    expect(page).to_have_url(re.compile(f"{PATH}v/1/$"))
    said = page.locator(".digests dd").first.text_content() or ""
    (number,) = re.findall(r"entry (\d+)", said)
    page.locator(".when summary").press("Enter")
    entry = page.get_by_label("Or at an entry of the public log, by its number")
    entry.fill(number)
    entry.press("Enter")
    expect(page.locator(".look-back")).to_contain_text("this page as it was at entry")
    title = rf"{DRUG}, version 1, as of \d+ \w+ \d{{4}} \(entry {number}\) – msportal"
    expect(page).to_have_title(re.compile(title))
    page.get_by_role("link", name="Show the present").press("Enter")
    expect(page.locator(".look-back")).to_have_count(0)


def test_reader_finds_what_changed_this_month_and_checks_the_log(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, java_script_enabled=False)
    page.locator("#cite").get_by_role("link", name="History").press("Enter")
    page.get_by_role("link", name="What changed this month").press("Enter")
    expect(page.locator(".line-what")).to_have_text(
        re.compile(rf"New: {DRUG}, \d+ statements from \d+ sources\.")
    )
    page.locator("footer").get_by_role("link", name="Check the log").press("Enter")
    head = page.locator(".digests code").inner_text()
    field = page.get_by_label("Number, colon, hash")
    field.fill(head)
    field.press("Enter")
    expect(page.locator("#answer h2")).to_have_text("The log still holds it")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/changes/", f"{PATH}history/", f"{PATH}v/1/?as_of=0", "/about/log/?head=x", "/about/review/"],
)
def test_page_fits_a_phone_and_has_contrast_of_seven_to_one(
    browser: Browser, site: Site, path: str, scheme: str
) -> None:
    page = opened(browser, site, path, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(CONTRAST) == []
