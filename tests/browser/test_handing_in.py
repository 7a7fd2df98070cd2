"""Many files are handed in at once: one by one with a script, together without."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_document_to_page import PASSWORD, PEOPLE, sign_in
from tests.browser.test_reviewing import quiet
from tests.filed import TITLE, report
from tests.making import docx, pdf
from tests.servers import Site

PHONE = {"width": 390, "height": 844}
ADD = "/admin/sources/document/add/"
SIPONIMOD = "Siponimod in progressive multiple sclerosis"
TEXT = (
    f"{SIPONIMOD} {{0}}\n\nMultiple sclerosis (MS) is a chronic "
    "disease.\nSiponimod reduced the relapse rate by {0} percent in multiple sclerosis.\n"
)


@pytest.fixture
def site(filled_copy: Callable[[str], str], site_server: Callable[..., Site]) -> Site:
    return site_server(filled_copy(PEOPLE))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A PDF and a Word file, a text and a scan, in the order of their names."""
    made = {
        "a-report.pdf": report(),
        "b-made.docx": docx.manuscript(),
        "c-siponimod.txt": TEXT.format(1).encode(),
        "d-scan.pdf": pdf.scan(1),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in made]


def choose(page: Page, files: list[Path]) -> None:
    page.goto(ADD)
    page.get_by_label("Files:").set_input_files(files)


def read(page: Page) -> None:
    page.get_by_role("button", name="Read it and show what it yields").click()


def rows(page: Page) -> Any:
    return page.locator("table.records tbody tr")


def closing(page: Page, name: str, count: int) -> Any:
    """The row of the closing table that counts so many."""
    return page.locator("table.closing").get_by_role("row", name=f"{name} {count}", exact=True)


def said(page: Page) -> list[str]:
    """Collects what the page says while it is at work, also on what follows."""
    page.add_init_script(
        "window.said = []; new MutationObserver(() => {"
        " const words = document.querySelector('[role=status]')?.textContent;"
        " if (words && window.said.at(-1) !== words) {"
        "   window.said.push(words); console.info(words); }"
        "}).observe(document, {subtree: true, childList: true, characterData: true});"
    )
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    return found


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def test_files_are_handed_in_and_drafted_one_by_one(
    browser: Browser, site: Site, files: list[Path]
) -> None:
    page = sign_in(browser, site, "editor", viewport=PHONE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    heard = said(page)
    choose(page, files)
    read(page)
    expect(page.get_by_role("heading", name="Files handed in")).to_be_visible()
    assert heard == [f"{n} of 4: {path.name}" for n, path in enumerate(files, 1)]
    heard.clear()

    expect(rows(page)).to_have_count(4)
    expect(rows(page).nth(0)).to_contain_text(TITLE)
    expect(rows(page).nth(3)).to_contain_text("Not read: The PDF holds pictures of pages")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
    expect(rows(page).nth(3).get_by_role("checkbox")).to_have_count(0)
    assert fits(page)
    page.get_by_role("checkbox", name="a-report.pdf").uncheck()
    page.get_by_role("button", name="Draft the ticked files").click()
    expect(closing(page, "Drafted", 2)).to_be_visible()
    assert heard == [f"1 of 2: {docx.TITLE}: {docx.SUBTITLE}", f"2 of 2: {SIPONIMOD} 1"]
    heard.clear()
    for name, count in (("Files", 4), ("Not read", 1), ("Not drafted", 1)):
        expect(closing(page, name, count)).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(1)
    assert fits(page)

    # A single one is looked through at once.
    page.get_by_role("link", name="Hand in more").click()
    page.get_by_label("Files:").set_input_files(files[:1])
    read(page)
    expect(page.get_by_role("button", name="Create the drafts")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Create the drafts").click()
    expect(page.locator(".messagelist .success")).to_contain_text("The document is here.")
    assert heard == faults == []


def test_same_steps_go_without_a_script(browser: Browser, site: Site, files: list[Path]) -> None:
    page = sign_in(browser, site, "editor", viewport=PHONE, java_script_enabled=False)
    with quiet(page):
        choose(page, files)
        read(page)
        expect(rows(page)).to_have_count(4)
        assert fits(page)
        page.get_by_role("button", name="Draft the ticked files").click()
        expect(closing(page, "Drafted", 3)).to_be_visible()
        assert fits(page)
        page.get_by_role("link", name="its source").first.click()
        expect(page.get_by_label("Title:")).to_have_value(TITLE)


def test_what_is_done_stays_when_the_session_ends_meanwhile(
    browser: Browser, site: Site, files: list[Path]
) -> None:
    page = sign_in(browser, site, "editor")
    choose(page, files[:3])
    sent = ends_session(page, "**/admin/sources/document/files/", at=3)
    read(page)
    expect(page.get_by_role("alert")).to_contain_text("c-siponimod.txt")
    expect(page.get_by_role("status")).to_contain_text("Not all files came through.")
    assert len(sent) == 3
    page.get_by_role("link", name="Go on with the files that did").click()
    sign_in_again(page)
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)

    address = page.url
    sent = ends_session(page, "**/admin/sources/document/files/*/", at=2)
    page.get_by_role("button", name="Draft the ticked files").click()
    expect(page.get_by_role("status")).to_contain_text("Not all files came through.")
    expect(page.get_by_role("alert")).to_contain_text(docx.TITLE)
    assert len(sent) == 2
    page.goto(address)
    sign_in_again(page)
    expect(closing(page, "Drafted", 1)).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)


def ends_session(page: Page, addresses: str, *, at: int) -> list[str]:
    """The session is over when so many forms were sent there; collects where they went."""
    sent: list[str] = []

    def pass_on(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            if len(sent) == at:
                page.context.clear_cookies(name="sessionid")
        route.continue_()

    page.route(addresses, pass_on)
    return sent


def sign_in_again(page: Page) -> None:
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
