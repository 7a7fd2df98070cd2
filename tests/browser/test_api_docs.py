"""The pages of the API work in a browser under the site's policy; to read, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from msportal.api import schema_document
from tests.servers import Site


def test_reader_shows_every_group_and_breaks_no_policy(
    page: Page, site_server: Callable[..., Site]
) -> None:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site_server().url}/api/v1/docs/try/")
    expect(page.locator(".info .title")).to_contain_text("msportal API")
    expect(page.locator(".opblock-tag")).to_have_count(len(schema_document()["tags"]))
    page.locator("#operations-therapies-therapies_list .opblock-summary-control").click()
    expect(page.locator(".opblock.is-open")).to_contain_text("as_of")
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_reference_is_read_without_scripts(
    browser: Browser, site_server: Callable[..., Site], width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site_server().url}/api/v1/docs/#therapies_list")
    expect(page.locator("#therapies_list")).to_be_in_viewport()
    contents = page.locator("nav.contents")
    if width == 390:
        contents.locator("summary").click()
    contents.get_by_role("link", name="Read one claim", exact=True).click()
    expect(page.locator("#claims_read")).to_be_in_viewport()
    example = page.locator("article", has=page.locator("#claims_read")).locator("details").first
    example.locator("summary").click()
    expect(example.locator("pre")).to_contain_text('"type": "claim"')
    box = page.locator("body").bounding_box()
    assert box
    assert box["width"] <= width
    context.close()
