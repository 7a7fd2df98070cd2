"""``python -m tests.pictures``: takes the pictures of docs/editing.md and of the README anew.

A demonstration is set up in a folder of its own and served; Chromium goes through a day at the desk
and takes a picture of each place. The pictures are of what the site is, so they are taken anew
when a page changes its looks.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.databases import ROOT, run_manage
from tests.making import docx, pdf
from tests.servers import Site, start_site

PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "a long password for pictures"
DEMONSTRATION = {"MSPORTAL_DEMONSTRATION": "true", "DEBUG": "false"}
SIZE = {"width": 1180, "height": 780}
PEOPLE = f"""
from editorial.models import User
for user in User.objects.filter(username__in=("demo-editor", "demo-reviewer")):
    user.set_password({PASSWORD!r})
    user.save()
"""


def signed_in(browser: Browser, site: Site, username: str) -> Page:
    page = browser.new_context(base_url=site.url, viewport=SIZE).new_page()  # type: ignore[arg-type]
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()
    return page


def taken(page: Page, name: str, place: str = "") -> None:
    """A picture of the window, scrolled to a place."""
    if place:
        page.locator(place).first.evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(400)  # until colours have passed over
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"docs/pictures/{name}.png\n")


def day(browser: Browser, site: Site) -> None:
    """From the start page to a decision."""
    reviewer = signed_in(browser, site, "demo-reviewer")
    taken(reviewer, "start")
    reviewer.goto("/admin/queue/")
    taken(reviewer, "queue", "#content")
    reviewer.goto("/admin/therapies/therapy/?q=Fingolimod")
    reviewer.get_by_role("link", name="Fingolimod", exact=True).click()
    reviewer.get_by_role("link", name="Review and actions").click()
    taken(reviewer, "review", "#pairs")
    reviewer.keyboard.press("d")
    reviewer.keyboard.type("The passage speaks of one trial only.")
    reviewer.keyboard.press("Enter")
    reviewer.locator(".disagreement").wait_for()
    reviewer.locator("#decision-note").fill("Please say which trial.")
    reviewer.get_by_role("button", name="Request changes").click()
    reviewer.wait_for_load_state()
    editor = signed_in(browser, site, "demo-editor")
    editor.goto(reviewer.url)
    editor.locator(".disagreement summary").first.click()
    taken(editor, "answer", ".disagreement")
    editor.goto(reviewer.url.replace("/review/", "/change/"))
    taken(editor, "record", "#content")


def files(browser: Browser, site: Site, folder: Path) -> None:
    """Files handed in, and the printed lines beside a passage of one."""
    given = {"lindqvist-2024.pdf": pdf.article().data, "scan.pdf": pdf.scan()}
    given["letter.docx"] = docx.manuscript()
    for name, data in given.items():
        (folder / name).write_bytes(data)
    editor = signed_in(browser, site, "demo-editor")
    editor.goto("/admin/sources/document/add/")
    editor.locator("#id_file").set_input_files([folder / name for name in given])
    editor.get_by_role("button", name="Read it").click()
    editor.wait_for_url("**/files/**")
    taken(editor, "files", "#content")
    editor.get_by_role("button", name="Draft the ticked").click()
    editor.get_by_role("link", name="its source").first.click()
    editor.get_by_role("link", name="What rests on it").click()
    editor.locator("#content a[href*='/therapies/therapy/']").first.click()
    editor.get_by_role("link", name="Review and actions").click()
    printed = editor.locator(".shown:has(.printed)").first
    printed.scroll_into_view_if_needed()
    editor.wait_for_timeout(3_000)
    taken(editor, "printed", ".shown:has(.printed)")


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("chromium is not installed\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pictures.sqlite3"
        for arguments in (["migrate"], ["demo"], ["shell", "-c", PEOPLE]):
            run_manage(url, *arguments, "--verbosity=0", **DEMONSTRATION)
        site = start_site(url, Path(folder) / "server.log", **DEMONSTRATION)
        try:
            _shown(chromium, lambda browser: day(browser, site))
            _shown(chromium, lambda browser: files(browser, site, Path(folder)))
        finally:
            site.stop()
    return 0


def _shown(chromium: str, what: Callable[[Browser], None]) -> None:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        what(browser)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
