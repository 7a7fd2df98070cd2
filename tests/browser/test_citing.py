"""From a page to a citation and a file for a reference manager, by keyboard, without JavaScript."""

import re

import bibtexparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import CONTRAST, PATH, PHONE, opened
from tests.large_base import DRUG
from tests.servers import Site


@pytest.fixture
def site(large_site: Site) -> Site:
    return large_site


def downloaded(page: Page, within: str) -> bibtexparser.Library:
    with page.expect_download() as download:
        page.locator(within).get_by_role("link", name="BibTeX").press("Enter")
    library = bibtexparser.parse_file(str(download.value.path()))
    assert library.failed_blocks == []
    return library


def test_reader_cites_a_page_and_takes_its_works_along(browser: Browser, site: Site) -> None:
    page = opened(browser, site, java_script_enabled=False)
    page.get_by_role("link", name="Cite: APA, AMA, Vancouver, BibTeX, RIS").press("Enter")
    expect(page).to_have_url(re.compile(f"{PATH}cite/$"))
    kept = f"{site.url}{PATH}v/1/"
    apa = page.locator("#page dd").first
    expect(apa).to_have_text(re.compile(rf"^msportal\. \(\d{{4}}, \w+ \d+\)\. {DRUG}.*{kept}"))
    expect(apa.locator("i")).to_have_text(f"{DRUG} (version 1)")
    fold = page.locator("#works summary").last
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#works details[open] li")).to_have_count(9)
    (own,) = downloaded(page, "#page").entries
    assert (own["title"], own["version"], own["url"]) == (DRUG, "1", kept)
    works = downloaded(page, "#works").entries
    assert len({entry.key for entry in works}) == 9


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_a_phone_and_has_contrast_of_seven_to_one(
    browser: Browser, site: Site, scheme: str
) -> None:
    page = opened(browser, site, f"{PATH}cite/", color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(CONTRAST) == []
