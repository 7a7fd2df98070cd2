"""The lists and the home page in a real browser, without script and by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import CONTRAST
from tests.large_base import DRUG
from tests.servers import Site

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def opened(browser: Browser, site: Site, path: str, **context: Any) -> Page:
    settings = {"viewport": PHONE, "java_script_enabled": False, **context}
    page = browser.new_context(base_url=site.url, **settings).new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize("path", ["/therapies/", "/therapies/?route=intravenous", "/sources/"])
def test_first_result_is_on_the_first_screen_of_a_phone(
    browser: Browser, large_site: Site, path: str
) -> None:
    page = opened(browser, large_site, path)
    box = page.locator(".row a").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]
    expect(page.get_by_text("Kind", exact=True).first).to_be_hidden()


def test_reader_narrows_a_list_and_takes_it_back_by_keyboard(
    browser: Browser, large_site: Site
) -> None:
    page = opened(browser, large_site, "/therapies/")
    for name in ("More filters", "Route"):
        page.locator("summary", has_text=name).first.focus()
        page.keyboard.press("Enter")
    page.get_by_role("checkbox", name=re.compile("^intravenous")).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Therapies: intravenous – msportal")
    expect(page.locator(".row")).to_have_count(1)
    chip = page.get_by_role("link", name="Remove Route: intravenous")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/therapies/\??$"))
    page.goto("/therapies/?route=oral")
    page.get_by_role("link", name="All therapies").press("Enter")
    expect(page.locator(".row")).to_have_count(1)


COVERED = """() => {
  const bar = document.querySelector('.compare-ticked'), one = document.activeElement;
  if (bar.contains(one)) return null;
  const box = one.getBoundingClientRect();
  return box.height && box.bottom > bar.getBoundingClientRect().top + 1 ? one.outerHTML : null;
}"""
UNDER = """link => {
  link.closest('.row').previousElementSibling.querySelector('.tick input').focus();
  window.scrollBy(0, link.getBoundingClientRect().bottom - window.innerHeight + 4);
}"""
STUCK = "getComputedStyle(document.querySelector('.compare-ticked')).position"
LONGER = """for (const _ of Array(9).keys()) {
  document.querySelector('.rows').append(document.querySelector('.row').cloneNode(true));
}"""


def test_bar_to_compare_covers_nothing_that_has_the_focus(
    browser: Browser, large_site: Site
) -> None:
    page = opened(browser, large_site, "/therapies/", java_script_enabled=True)
    page.evaluate(LONGER)
    assert page.evaluate(STUCK) == "static"
    page.locator(".tick input").first.press("Space")
    assert page.evaluate(STUCK) == "sticky"
    for link in page.locator(".row h3 a").all()[2:5]:
        # The step before it has the focus, and it lies where the bar is.
        link.evaluate(UNDER)
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        assert page.evaluate(COVERED) is None
    page.set_viewport_size({"width": 844, "height": 390})
    assert page.evaluate(STUCK) == "static"


def test_home_leads_to_a_medicine_and_to_what_it_does(browser: Browser, large_site: Site) -> None:
    page = opened(browser, large_site, "/")
    page.get_by_text("Show 1 name").press("Enter")
    page.get_by_role("link", name=DRUG, exact=True).first.press("Enter")
    expect(page.locator("h1")).to_have_text(DRUG)
    page = opened(browser, large_site, "/", viewport=DESKTOP)
    expect(page.get_by_role("link", name=DRUG, exact=True).first).to_be_visible()
    page.locator(".outcomes").get_by_role("link", name=re.compile("^better")).first.press("Enter")
    expect(page).to_have_title("Therapies: Disability, better – msportal")
    expect(page.locator(".row")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_seven_to_one(browser: Browser, large_site: Site, scheme: str) -> None:
    page = opened(browser, large_site, "/", color_scheme=scheme, java_script_enabled=True)
    for path in ("/", "/therapies/?topic=outcome&colour=x", "/therapies/?route=x", "/sources/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.evaluate(CONTRAST) == [], path
