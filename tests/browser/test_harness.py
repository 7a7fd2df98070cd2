"""The browser reaches the site and obeys its policy."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.servers import Site


def test_browser_shows_a_page_of_the_site(page: Page, site_server: Callable[..., Site]) -> None:
    answer = page.goto(f"{site_server().url}/healthz")
    assert answer is not None
    assert (answer.status, page.inner_text("body").strip()) == (200, "ok")


def test_browser_blocks_inline_script(page: Page, site_server: Callable[..., Site]) -> None:
    page.goto(f"{site_server().url}/admin/login/")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'run'";
        document.body.append(script);
    }""")
    assert page.title() != "run"
