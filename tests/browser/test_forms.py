"""Forms of the workroom in a browser: two windows, a session that ends, errors, a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_document_to_page import PASSWORD, PEOPLE, sign_in
from tests.databases import run_manage
from tests.servers import Site

PHONE = {"width": 390, "height": 800}
LONG = "Averylongnamethatnobodybreaks" * 6
RECORD = f"""
from tests.building import claim, source_with_text, therapy
from editorial.models import User
one, other = "Ocrelizumab depletes B cells.", "Headache occurs."
source = source_with_text(f"A title\\n{{one}} {{other}}", title={LONG!r}, slug="long")
record = therapy("Ocrelizumab")
claim(record, one, source=source, topic="outcome", outcome="relapses")
claim(record, other, source=source, topic="safety", position=1)
claim(therapy({LONG!r}, slug="long"), one, source=source, topic="outcome")
bob = User.objects.get(username="reviewer")
"""
ENDS = """
from django.contrib.sessions.models import Session
Session.objects.all().delete()
"""


@pytest.fixture
def site(filled_copy: Callable[[str], str], site_server: Callable[..., Site]) -> Site:
    return site_server(filled_copy(PEOPLE + RECORD))


def session_ends(site: Site) -> None:
    run_manage(site.database_url, "shell", "--verbosity=0", "-c", ENDS)


def open_claim(page: Page, text: str) -> None:
    page.goto("/admin/therapies/claim/")
    page.get_by_role("link", name=text, exact=True).first.click()
    expect(page.get_by_label("Text:", exact=True)).to_have_value(text)


def second_window(page: Page) -> Page:
    return page.context.new_page()


def press_save(page: Page) -> None:
    """Once more, with a tick, where it is asked whether the passages say so."""
    save = page.get_by_role("button", name="Save and continue editing")
    save.click()
    page.wait_for_load_state()
    box = page.get_by_label("The passages say so")
    if box.count() and not box.is_checked():
        box.check()
        save.click()
        page.wait_for_load_state()


def is_saved(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()


FIRST, SECOND = "Ocrelizumab depletes B cells.", "Headache occurs."


def test_two_windows_on_two_claims_and_on_two_fields_of_one(browser: Browser, site: Site) -> None:
    one = sign_in(browser, site, "editor")
    other = second_window(one)
    open_claim(one, FIRST)
    open_claim(other, SECOND)
    for page, text in ((one, "It depletes B cells."), (other, "Headaches are seen.")):
        page.get_by_label("Text:", exact=True).fill(text)
        press_save(page)
        is_saved(page)

    open_claim(one, "It depletes B cells.")
    open_claim(other, "It depletes B cells.")
    one.get_by_label("Outcome:", exact=True).fill("relapse rate")
    press_save(one)
    is_saved(one)
    other.get_by_label("Position").fill("4")
    press_save(other)
    is_saved(other)
    expect(other.locator(".messagelist .info")).to_contain_text("kept so: Outcome.")
    expect(other.get_by_label("Outcome:", exact=True)).to_have_value("relapse rate")
    expect(other.get_by_label("Position")).to_have_value("4")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_people_on_one_field_are_shown_both_texts(
    browser: Browser, site: Site, *, scripts: bool
) -> None:
    ann = sign_in(browser, site, "editor", java_script_enabled=scripts)
    bob = sign_in(browser, site, "reviewer", java_script_enabled=scripts)
    open_claim(ann, FIRST)
    open_claim(bob, FIRST)
    bob.get_by_label("Outcome:", exact=True).fill("theirs")
    press_save(bob)
    is_saved(bob)
    ann.get_by_label("Outcome:", exact=True).fill("mine")
    ann.get_by_label("Compared with").fill("placebo")
    press_save(ann)
    row = ann.get_by_role("row").filter(has=ann.get_by_role("rowheader", name="Outcome"))
    expect(row).to_contain_text("theirs")
    expect(row).to_contain_text("mine")
    expect(ann.get_by_label("Outcome:", exact=True)).to_have_value("mine")
    press_save(ann)
    is_saved(ann)
    expect(ann.get_by_label("Compared with")).to_have_value("placebo")


@pytest.mark.parametrize("scripts", [True, False])
def test_session_is_over_and_the_text_is_kept(
    browser: Browser, site: Site, *, scripts: bool
) -> None:
    page = sign_in(browser, site, "editor", java_script_enabled=scripts, viewport=PHONE)
    open_claim(page, FIRST)
    page.get_by_label("Text:", exact=True).fill("Typed for an hour.")
    address = page.url
    session_ends(site)
    press_save(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was written.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in and go on").click()
    expect(page.get_by_text("Please enter the correct")).to_be_visible()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()
    expect(page.get_by_label("Text:", exact=True)).to_have_value("Typed for an hour.")
    expect(page.get_by_role("alert")).to_contain_text("nothing was written yet")
    assert page.url == address
    press_save(page)
    is_saved(page)
    expect(page.get_by_label("Text:", exact=True)).to_have_value("Typed for an hour.")


def test_signed_in_anew_in_another_window_the_old_one_keeps_its_text(
    browser: Browser, site: Site
) -> None:
    page = sign_in(browser, site, "editor")
    open_claim(page, FIRST)
    page.get_by_label("Text:", exact=True).fill("Typed for an hour.")
    session_ends(site)
    other = second_window(page)
    other.goto("/admin/")
    other.get_by_label("Username").fill("editor")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("button", name="Log out")).to_be_visible()
    press_save(page)
    expect(page.get_by_role("alert")).to_contain_text("opened before somebody signed in or out")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Text:", exact=True)).to_have_value("Typed for an hour.")
    press_save(page)
    is_saved(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_errors_on_top_lead_to_their_fields(browser: Browser, site: Site, *, scripts: bool) -> None:
    page = sign_in(browser, site, "editor", java_script_enabled=scripts, viewport=PHONE)
    page.goto("/admin/therapies/therapy/")
    page.get_by_role("link", name="Ocrelizumab", exact=True).click()
    page.locator("#id_name").fill("")
    page.locator("#id_claims-1-text").fill("")
    press_save(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("2 things to look at")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Claim 2, text").click()
    expect(page.locator("#id_claims-1-text")).to_be_focused()
    expect(page.locator("#id_claims-1-text")).to_be_in_viewport()


def test_list_of_errors_has_the_focus_in_a_new_record_too(browser: Browser, site: Site) -> None:
    """Django's own script would take it to the first field."""
    page = sign_in(browser, site, "editor")
    page.goto("/admin/therapies/therapy/add/")
    press_save(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("alert")).to_be_focused()


def test_fields_follow_the_topic_and_what_holds_something_stays(
    browser: Browser, site: Site
) -> None:
    page = sign_in(browser, site, "editor")
    open_claim(page, SECOND)
    harm = page.get_by_label("Harm:", exact=True)
    expect(harm).to_be_visible()
    topic = page.get_by_label("Topic:", exact=True)
    topic.select_option("administration")
    expect(harm).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Not shown")).to_contain_text("Harm")
    topic.select_option("safety")
    harm.fill("headache")
    topic.select_option("administration")
    expect(harm).to_be_visible()
    press_save(page)
    page.get_by_role("alert").get_by_role("link", name="has no “harm”").click()
    expect(harm).to_be_focused()
    harm.fill("")
    press_save(page)
    is_saved(page)
    page.get_by_label("intended").check()
    expect(page.get_by_label("Size of effect")).to_be_hidden()

    plain = sign_in(browser, site, "editor", java_script_enabled=False)
    open_claim(plain, SECOND)
    expect(plain.get_by_label("Harm:", exact=True)).to_be_visible()


WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNLABELLED = """() => [...document.querySelectorAll("input, select, textarea")].filter(
    (field) => !["hidden", "submit"].includes(field.type) && field.checkVisibility()
        && !field.labels.length && !field.ariaLabel).map((field) => field.name)"""


def test_long_name_fits_every_page_and_every_field_has_a_label(
    browser: Browser, site: Site
) -> None:
    page = sign_in(browser, site, "reviewer")
    lists = [f"/admin/therapies/{kind}/" for kind in ("therapy", "mechanism", "claim", "synonym")]
    lists += [f"/admin/sources/{kind}/" for kind in ("source", "document")]
    pages = [*lists, "/admin/", "/admin/queue/", "/admin/publication/report/"]
    pages += [f"{address}add/" for address in lists]
    for address in lists[:3]:
        page.goto(address)
        rows = page.locator("#result_list th a")
        pages += [str(link.get_attribute("href")) for link in rows.all()]
    page.goto("/admin/sources/source/")
    pages.append(str(page.locator("#result_list th a").first.get_attribute("href")))
    pages += [a.replace("/change/", f"/{p}/") for a in pages for p in ("review", "history")
              if "/change/" in a and "/claim/" not in a]  # fmt: skip
    assert len(pages) > 20
    for address in pages:
        page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(WIDE), page.evaluate(UNLABELLED)
            assert (address, width, *found) == (address, width, 0, [])
