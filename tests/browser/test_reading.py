"""A page of 60 claims in a real browser: what it costs, and what a reader does with it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.large_base import DRUG
from tests.servers import Site

PHONE = {"width": 390, "height": 844}
PATH = "/therapies/examplimab/"
CONTROLS = "a[href], button, input, select, summary"
REACHED = f"""[...document.querySelectorAll('{CONTROLS}')].filter(
  e => e.getClientRects().length && !e.closest('details:not([open]) > :not(summary)')).length"""


@pytest.fixture
def site(large_site: Site) -> Site:
    return large_site


def opened(browser: Browser, site: Site, path: str = PATH, **context: Any) -> Page:
    page = browser.new_context(base_url=site.url, **{"viewport": PHONE, **context}).new_page()
    page.goto(path)
    return page


def test_page_of_sixty_claims_keeps_to_its_budget(browser: Browser, site: Site) -> None:
    page = browser.new_context(base_url=site.url, viewport=PHONE).new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: dict[str, int] = {}
    asked: dict[str, str] = {}
    wire.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    wire.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(PATH, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollHeight") <= 15 * PHONE["height"]
    assert page.evaluate(REACHED) <= 130
    # What the browser draws in a field for a day is its own, and asked of nobody.
    assert len([url for url in asked.values() if not url.startswith("data:")]) <= 5
    spent = sum(size for key, size in sizes.items() if not asked[key].endswith(".woff2"))
    assert 10_000 < spent <= 60_000
    assert page.locator("[id^=claim-]").count() == 60
    assert page.locator("mark").count() >= 120 - 60
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert 2 <= len(sheets) <= 8


def test_reader_finds_the_risks_and_a_quote_in_its_context_by_keyboard(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, "/", java_script_enabled=False)
    page.get_by_label("Search medicines, brand names, effects, sources").fill(DRUG)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=DRUG, exact=True).first.press("Enter")
    page.get_by_role("link", name="What it risks", exact=True).first.press("Enter")
    expect(page).to_have_url(re.compile("#safety$"))
    serious = page.locator("#safety h3").first
    expect(serious).to_have_text("Hepatitis B reactivation a source calls it serious")
    fold = page.locator("#safety summary").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#safety mark").first).to_be_visible()
    expect(page.locator("#safety figcaption").first).to_contain_text("Characters")
    expect(page.locator("#safety figcaption a[rel~=external]").first).to_have_attribute(
        "href", re.compile(r"^https://example\.org/\d/#:~:text=Hepatitis%20B")
    )


def test_printed_page_says_where_it_is_from_and_what_it_leaves_out(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, viewport={"width": 800, "height": 1100})
    page.emulate_media(media="print")
    for hidden in (".menu", ".rail", "#safety .margin summary"):
        expect(page.locator(hidden).first).not_to_be_visible()
    for shown in ("h1", "#sources li", "#provenance"):
        expect(page.locator(shown).first).to_be_visible()
    expect(page.locator("#cite")).to_contain_text(f"{site.url.removeprefix('http://')}{PATH}v/1/")
    left_out = page.locator("#safety .beneath > summary")
    expect(left_out).to_be_visible()
    before = "e => getComputedStyle(e, '::before').content"
    assert left_out.evaluate(before) == '"Not printed: "'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_of_seven_to_one(browser: Browser, site: Site, scheme: str) -> None:
    page = opened(browser, site, color_scheme=scheme)
    for path in (PATH, "/about/design/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.evaluate(CONTRAST) == [], path


def test_no_page_is_wider_than_a_small_phone(browser: Browser, site: Site) -> None:
    page = opened(browser, site, viewport={"width": 320, "height": 700})
    claim = page.locator("#safety .links a").first.get_attribute("href")
    source = page.locator("#sources .work a").first.get_attribute("href")
    others = ("/", "/therapies/", "/mechanisms/", "/sources/", "/changes/", "/about/")
    for path in (*others, PATH, f"{PATH}history/", f"{PATH}diff/1/1/", claim, source):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_heading_is_on_the_first_screen_at_four_hundred_per_cent(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, viewport={"width": 320, "height": 256})
    box = page.locator("h1").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 256
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


CONTRAST = """(() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !e.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 7) low.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...low];
})()"""
"""WCAG 2.2, 1.4.6: relative luminance of text and of what is painted behind it."""
