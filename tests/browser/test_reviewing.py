"""A working day at the desk: reviews by keyboard and without script, bundles, second rounds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_document_to_page import PASSWORD, get, sign_in
from tests.browser.test_reading import CONTRAST
from tests.servers import Site

PAIRS = 30
AA = 4.5
"""The contrast that Django's own colours have (WCAG 2.2, 1.4.3)."""
BASE = f"""
from tests.desk import desk
from tests.workroom import staff
base = desk({PAIRS}, mechanisms=2)
other = staff("reviewer", "Bela Kun")
for user, name in ((base.editor, "editor"), (base.reviewer, "reviewer"), (other, "second")):
    user.username = name
    user.set_password({PASSWORD!r})
    user.save()
"""
THERAPY = "/admin/therapies/therapy/1/review/"
MECHANISM = "/admin/therapies/mechanism/1/review/"
SECOND = "/admin/therapies/mechanism/2/review/"
SOURCE = "/admin/sources/source/1/review/"


@pytest.fixture
def site(filled_copy: Callable[[str], str], site_server: Callable[..., Site]) -> Site:
    return site_server(filled_copy(BASE))


@contextmanager
def quiet(page: Page) -> Iterator[None]:
    """Nothing that the page does is refused by its policy or fails in its scripts."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


def agree_by_keys(page: Page, address: str) -> int:
    """Agree to each pair of the record; how many keys it took."""
    page.goto(address)
    strokes = 0
    lines = page.locator("[data-line]")
    for line in lines.all():
        page.keyboard.press("a")
        strokes += 1
        expect(line).to_have_attribute("data-settled", "")
    expect(page.locator("[data-saved]").last).to_have_text("saved")
    return strokes


def looks_well(page: Page) -> None:
    # What is folded away keeps the colours that it had.
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(300)  # until colours have begun to pass over
        page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
        assert [one for one in page.evaluate(CONTRAST) if float(one.split()[-1]) < AA] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})


def test_thirty_pairs_are_judged_by_keyboard_on_one_page(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer", viewport={"width": 1280, "height": 900})
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    with quiet(page):
        strokes = agree_by_keys(page, THERAPY)
        expect(page.locator("#progress-told")).to_have_text("30 of 30 judged, 30 agreed")
        assert (strokes, len(loads)) == (PAIRS, 1)
        assert page.evaluate("document.documentElement.scrollHeight") < 6_000
        expect(page.locator("#decision-note")).to_be_focused()
        expect(page.get_by_role("button", name="Approve and publish")).to_be_disabled()
        expect(page.locator("#readiness")).to_contain_text("Waits for the source A long review")
        looks_well(page)
        page.reload()
        expect(page.locator("#progress-told")).to_have_text("30 of 30 judged, 30 agreed")


def test_keys_disagree_with_a_reason_and_move(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer")
    with quiet(page):
        page.goto(THERAPY)
        lines = page.locator("[data-line]")
        expect(lines.nth(0)).to_have_class("line current")
        page.keyboard.press("d")
        expect(lines.nth(0).locator("[data-note]")).to_be_focused()
        expect(lines.nth(0).locator("[data-saved]")).to_have_text("write why, then it is saved")
        page.keyboard.type("and n j k are letters here")
        page.keyboard.press("Enter")
        expect(lines.nth(0).locator(".disagreement")).to_contain_text("and n j k are letters here")
        expect(lines.nth(1)).to_have_class("line current")
        page.keyboard.press("n")
        expect(lines.nth(1).locator("li.unsure")).to_be_visible()
        page.keyboard.press("k")
        expect(lines.nth(1)).to_have_class("line current")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("checkbox", name="Keys").uncheck()
        page.keyboard.press("a")
        expect(page.locator("#progress-told")).to_have_text("2 of 30 judged, 0 agreed")
        page.goto(THERAPY)
        expect(page.get_by_role("checkbox", name="Keys")).not_to_be_checked()


def test_nothing_is_said_in_the_name_of_who_signed_in_meanwhile(
    browser: Browser, site: Site
) -> None:
    page = sign_in(browser, site, "reviewer")
    page.goto(THERAPY)
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    other.goto("/admin/")
    other.get_by_label("Username").fill("second")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.goto(THERAPY)
    line = page.locator("[data-line]").nth(0)
    page.keyboard.press("a")
    expect(line.locator("[data-saved]")).to_contain_text("not saved")
    other.reload()
    expect(other.locator("#progress-told")).to_have_text("0 of 30 judged, 0 agreed")
    other.get_by_role("button", name="Log out").click()
    other.goto("/admin/")
    other.get_by_label("Username").fill("reviewer")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("button", name="Log out")).to_be_visible()
    line.get_by_label("Agree", exact=True).click()
    expect(line.locator("[data-saved]")).to_have_text("saved")
    expect(line.locator("li.agree")).to_contain_text("Ruth Vance")


def test_key_that_is_held_is_one_word(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer")
    page.goto(THERAPY)
    page.keyboard.down("a")
    for _ in range(5):
        page.keyboard.down("a")  # which a browser tells as repeated
    page.keyboard.up("a")
    expect(page.locator("#progress-told")).to_have_text("1 of 30 judged, 1 agreed")


def test_note_is_of_the_word_that_is_chosen_last(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer")
    page.goto(THERAPY)
    line = page.locator("[data-line]").nth(0)
    line.get_by_label("Agree", exact=True).check()
    expect(line.locator("li.agree")).to_be_visible()
    line.get_by_label("Note").fill("This is wrong.")
    line.get_by_label("Disagree").check()
    expect(line.locator(".disagreement")).to_contain_text("This is wrong.")
    page.goto("/admin/editorial/judgement/")
    expect(page.get_by_role("row").filter(has_text="This is wrong.")).to_have_count(1)


def test_review_without_script_is_one_form(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer", java_script_enabled=False)
    page.goto(THERAPY)
    page.locator("#decision-note").fill("Half a decision")
    page.locator("[data-line]").nth(0).get_by_label("Disagree").check()
    page.get_by_role("button", name="Agree to the rest on this passage").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Disagree: write the reason")
    expect(page.locator("#decision-note")).to_have_value("Half a decision")
    expect(page.locator("[data-line]").nth(0).get_by_label("Disagree")).to_be_checked()
    page.locator("[data-line]").nth(0).get_by_label("Note").fill("It says less.")
    page.locator("[data-line]").nth(0).get_by_label("Note").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("That is saved.")
    expect(page.locator("#decision-note")).to_have_value("Half a decision")
    for line in page.locator("[data-line]").all():
        line.get_by_label("Agree", exact=True).check()
    page.locator("#decision-note").fill("")
    page.get_by_role("button", name="Save the judgements").click()
    expect(page.locator("#progress-told")).to_have_text("30 of 30 judged, 30 agreed")


def test_what_waits_for_each_other_is_approved_together(browser: Browser, site: Site) -> None:
    page = sign_in(browser, site, "reviewer", viewport={"width": 1280, "height": 900})
    with quiet(page):
        for address in (SOURCE, MECHANISM, SECOND, THERAPY):
            agree_by_keys(page, address)
            page.locator("#readiness").scroll_into_view_if_needed()
        page.get_by_role("link", name="Approve it together with what it waits for").click()
        expect(page.locator(".members > li")).to_have_count(4)
        looks_well(page)
        page.get_by_label("Note, required").fill("Read side by side.")
        page.get_by_role("button", name="Approve and publish all 4").click()
        expect(page.locator(".messagelist li")).to_have_count(4)
    rows = get(site, "/api/v1/changes/")["results"]
    assert [row["type"] for row in rows] == ["source", "mechanism", "mechanism", "therapy"]
    assert len({row["digest"] for row in get(site, "/api/v1/log/")["results"]}) == 4


def test_disagreement_goes_through_two_rounds(browser: Browser, site: Site) -> None:
    reviewer = sign_in(browser, site, "reviewer")
    reviewer.goto(THERAPY)
    reviewer.keyboard.press("a")
    reviewer.keyboard.press("d")
    reviewer.keyboard.type("The passage says less.")
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator(".disagreement")).to_have_count(1)
    reviewer.locator("#decision-note").fill("Mend the second, please.")
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.locator(".state-changes-requested")).to_be_visible()

    editor = sign_in(browser, site, "editor")
    editor.goto(THERAPY)
    expect(editor.locator(".record-head")).to_contain_text("Mend the second, please.")
    against = editor.locator(".disagreement")
    expect(against).to_contain_text("The passage says less.")
    against.get_by_text("Answer", exact=True).click()
    against.get_by_label("Your answer").fill("It does say so, in its last words.")
    against.get_by_role("button", name="Send the answer").click()
    expect(editor.locator(".reply")).to_contain_text("Edda Brandt answered")
    editor.get_by_label("Note to the reviewer").fill("See my answer.")
    editor.get_by_role("button", name="Submit for review").click()
    expect(editor.locator(".state-in-review")).to_be_visible()

    reviewer.goto(THERAPY)
    expect(reviewer.locator("#round")).to_contain_text("Mend the second, please.")
    expect(reviewer.locator("#round")).to_contain_text("See my answer.")
    expect(reviewer.locator(".reply")).to_contain_text("It does say so, in its last words.")
    expect(reviewer.locator(".fate-same")).to_have_count(PAIRS)


def test_what_was_typed_stays_when_the_record_is_taken_back(browser: Browser, site: Site) -> None:
    reviewer = sign_in(browser, site, "reviewer")
    reviewer.goto(THERAPY)
    reviewer.locator("#decision-note").fill("Thought of for an hour")
    editor = sign_in(browser, site, "editor")
    editor.goto(THERAPY)
    expect(editor.get_by_text("Not for you to decide")).to_be_visible()
    expect(editor.locator("[data-verdict]")).to_have_count(0)
    editor.get_by_role("button", name="Take it back").click()
    expect(editor.locator(".state-draft").first).to_be_visible()
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("The last step: recall, Edda Brandt")
    expect(reviewer.get_by_text("Your note was: Thought of for an hour")).to_be_visible()


def test_own_work_is_refused_to_a_reviewer_too(browser: Browser, site: Site) -> None:
    second = sign_in(browser, site, "second")
    first = sign_in(browser, site, "reviewer")
    first.goto(MECHANISM)
    first.locator("#decision-note").fill("Once more.")
    first.get_by_role("button", name="Request changes").click()
    expect(first.locator(".state-changes-requested")).to_be_visible()
    second.goto(MECHANISM)
    second.get_by_role("button", name="Submit for review").click()
    expect(second.locator(".state-in-review")).to_be_visible()
    expect(second.locator("[data-verdict]")).to_have_count(0)
    expect(second.get_by_role("button", name="Approve and publish")).to_have_count(0)
    expect(second.get_by_text("You are one of them, so you cannot review it.")).to_be_visible()
