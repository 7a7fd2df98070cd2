"""Searching in a real browser: by keyboard and without script, and with names while one types."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.large_base import DRUG
from tests.servers import Site

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(large_site: Site) -> Site:
    return large_site


def opened(browser: Browser, site: Site, path: str, *, script: bool = True) -> Page:
    page = browser.new_context(
        base_url=site.url, viewport=PHONE, java_script_enabled=script
    ).new_page()
    page.goto(path)
    return page


def test_a_brand_with_a_typo_leads_to_the_therapy_without_script(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, "/", script=False)
    page.locator("main").get_by_role("searchbox").fill("Exampelx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Did you mean examplex?")
    expect(page.locator(".hit mark").first).to_have_text("Examplex")
    page.locator(".hit").get_by_role("link", name=DRUG, exact=True).first.press("Enter")
    expect(page).to_have_url(re.compile("/therapies/examplimab/$"))


def test_a_statement_is_found_from_any_page_and_stands_in_sight(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, "/about/", script=False)
    page.locator(".menu summary").press("Enter")
    page.get_by_role("search", name="From any page").get_by_role("searchbox").fill("hepatitis b")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Statements"))).to_be_visible()
    first = page.locator(".hit-text a").first
    words = first.inner_text()
    first.press("Enter")
    target = page.url.partition("#")[2]
    expect(page.locator(f"#{target}")).to_contain_text(words[:30])
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_names_are_offered_while_one_types(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/search/")
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    field = page.locator("main").get_by_role("combobox")
    field.press_sequentially("exa", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text(DRUG)
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("m", delay=20)
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/therapies/examplimab/$"))
    assert faults == []
