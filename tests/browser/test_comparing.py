"""Comparing and the map of evidence in a real browser: by keyboard, without script, on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import CONTRAST, REACHED, opened
from tests.databases import Copies, run_manage
from tests.servers import Site, start_site

TABLE = "/compare/?therapy=examplimab&therapy=samplimab"
SMALL = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def site(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = database_copies.make()
    base = "from tests.large_base import another_base; another_base()"
    run_manage(url, "shell", "--verbosity=0", "-c", base)
    site = start_site(url, tmp_path_factory.mktemp("beside") / "server.log")
    yield site
    site.stop()
    database_copies.remove(url)


def fits(page: Page) -> bool:
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    return bool(page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"])


def test_reader_compares_by_keyboard_without_script(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/therapies/samplimab/", java_script_enabled=False)
    page.get_by_role("link", name="Choose what to compare it with").press("Enter")
    expect(page.get_by_label("Column 1")).to_have_value("samplimab")
    second = page.get_by_label("Column 2")
    second.focus()
    page.keyboard.type("Exam")
    expect(second).to_have_value("examplimab")
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page).to_have_title(re.compile("^Compare Samplimab and Examplimab"))
    caution = page.locator(".caution").first
    expect(caution).to_contain_text("do not set these numbers against each other")
    expect(caution).to_contain_text("Some are measured against placebo")
    page.get_by_role("link", name=re.compile("^Move left")).press("Enter")
    expect(page.locator("thead th")).to_have_text([re.compile("Q"), "Examplimab", "Samplimab"])
    page.get_by_role("link", name=re.compile("^In context ?: Samplimab")).press("Enter")
    expect(page).to_have_url(re.compile(r"/therapies/samplimab/#claim-"))


def test_comparison_fits_a_small_phone_and_paper(browser: Browser, site: Site) -> None:
    page = opened(browser, site, TABLE, viewport=SMALL)
    assert fits(page)
    # Stacked, each cell says whose it is.
    expect(page.locator("td .of").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("td .of").first).not_to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate(CONTRAST) == []
    page.emulate_media(media="print")
    for hidden in (".choose", ".moves >> nth=0", ".told .not-printed >> nth=0"):
        expect(page.locator(hidden)).not_to_be_visible()
    for shown in ("thead", "p.printed", "#sources li >> nth=0", ".caution >> nth=0"):
        expect(page.locator(shown)).to_be_visible()


def test_map_is_read_by_keyboard_and_passed_by(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/therapies/", java_script_enabled=False, viewport=SMALL)
    page.get_by_role("link", name="Map of evidence").press("Enter")
    page.get_by_role("link", name="Skip the map").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("More columns")
    mark = page.get_by_role("link", name="Samplimab, Relapses: better, 1 statement, 1 source")
    mark.press("Enter")
    expect(page).to_have_url(re.compile(r"/therapies/samplimab/#claim-"))
    page = opened(browser, site, "/evidence-map/", viewport=SMALL)
    assert page.evaluate(REACHED) <= 60
    legend = page.get_by_text("an aim, not a result")
    expect(legend).not_to_be_visible()
    page.emulate_media(media="print")
    expect(legend).to_be_visible()
    expect(page.locator(".map-form")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(legend).to_be_visible()
    expect(page.locator("thead th >> nth=1")).to_be_in_viewport()
    page.set_viewport_size(SMALL)
    assert fits(page)
