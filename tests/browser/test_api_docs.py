"""The API's reader works in a browser under the site's policy."""

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, expect

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
    page.goto(f"{site_server().url}/api/v1/docs/")
    expect(page.locator(".info .title")).to_contain_text("msportal API")
    expect(page.locator(".opblock-tag")).to_have_count(8)
    page.locator("#operations-therapies-therapies_list .opblock-summary-control").click()
    expect(page.locator(".opblock.is-open")).to_contain_text("as_of")
    assert complaints == []
