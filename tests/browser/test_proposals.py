"""Proposals are looked through, corrected and accepted, from a phone without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_document_to_page import PEOPLE, sign_in
from tests.servers import Site

PHONE = {"width": 390, "height": 800}
FELL = "Fingolimod reduced the relapse rate by 54% against placebo."
TAKEN = "Fingolimod is taken by mouth once daily."
SEEN = "Macular oedema was seen with fingolimod."
BASE = f"""
from editorial.models import User
from tests.building import claim, publish, source_with_text, therapy
from therapies.models import Proposal
editor, reviewer = (User.objects.get(username=name) for name in ("editor", "reviewer"))
first, second, third = {FELL!r}, {TAKEN!r}, {SEEN!r}
text = f"Fingolimod\\n{{first}} {{second}} {{third}}"
source = source_with_text(text, title="Fingolimod")
publish(source)
record = therapy("Fingolimod")
claim(record, second, source=source, topic="administration")
publish(record)
document = source.documents.get()
for words, topic, values in (
    (first, "outcome", {{"outcome": "Relapse rate", "effect_direction": "worse"}}),
    (second, "administration", {{"route": "oral", "schedule": "once daily"}}),
    (third, "safety", {{"harm": "Macular oedema", "effect_direction": "worse"}}),
):
    start = text.index(words)
    Proposal.objects.create(
        document=document, start=start, end=start + len(words), exact=words, fate="waiting",
        subject_kind="therapy", subject="Fingolimod", topic=topic, certainty="stated",
        values=values, waits_because="the record is public",
    )
"""


@pytest.fixture
def phone(
    browser: Browser, filled_copy: Callable[[str], str], site_server: Callable[..., Site]
) -> Page:
    page = sign_in(
        browser,
        site_server(filled_copy(PEOPLE + BASE)),
        "editor",
        java_script_enabled=False,
        viewport=PHONE,
    )
    page.goto("/admin/sources/source/")
    page.get_by_role("link", name="Fingolimod", exact=True).first.click()
    page.get_by_role("link", name="Proposals (3 waiting)").click()
    return page


def about(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def test_misread_direction_is_seen_asked_and_corrected(phone: Page) -> None:
    row = about(phone, "reduced")
    expect(row.locator("mark").first).to_have_text("reduced")
    expect(row.get_by_label("Change for the patient")).to_have_value("worse")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # The record is approved: one button revises it and accepts, and asks first.
    row.get_by_role("button", name="Revise Fingolimod and accept").click()
    expect(
        row.get_by_text("Where does it say “worse”? The passage says “reduced”.")
    ).to_be_visible()
    expect(row.get_by_label("The passages say so")).not_to_be_checked()
    row.get_by_label("Change for the patient").select_option("better")
    row.get_by_label("Size of effect").or_(row.get_by_text("Other values")).first.click()
    row.get_by_label("Size of effect").fill("54%")
    row.get_by_role("button", name="Revise Fingolimod and accept").click()
    expect(phone.locator(".messagelist .success")).to_contain_text("about Fingolimod was drafted")

    # The claim says what the form said, and the record is a draft now.
    phone.goto("/admin/therapies/claim/")
    phone.get_by_role("link", name="Fingolimod reduced the relapse rate").click()
    expect(phone.locator("select[name=effect_direction]")).to_have_value("better")
    expect(phone.locator("input[name=effect_size]")).to_have_value("54%")
    expect(phone.locator(".record-head .state-draft")).to_be_visible()


def test_several_at_once_and_what_was_typed_for_the_rest_stays(phone: Page) -> None:
    about(phone, "Macular").get_by_role("button", name="Revise Fingolimod and accept").click()
    expect(phone.get_by_role("article")).to_have_count(2)
    fell, taken = about(phone, "reduced"), about(phone, "is taken")
    for row in (fell, taken):
        row.get_by_role("checkbox", name="Tick it").check()
    fell.get_by_label("Text").fill("Relapses fell.")
    phone.get_by_role("button", name="Accept the ticked").click()

    # One is accepted; the other is asked about and keeps its text.
    expect(taken.get_by_role("status")).to_contain_text("A claim about Fingolimod")
    expect(phone.get_by_role("alert")).to_contain_text("look at what is said beside its fields")
    expect(fell.get_by_label("Text")).to_have_value("Relapses fell.")
    fell.get_by_label("Change for the patient").select_option("better")
    phone.get_by_role("button", name="Accept the ticked").click()
    expect(phone.get_by_text("No proposal waits.")).to_be_visible()


def test_enter_in_a_field_writes_nothing(phone: Page) -> None:
    row = about(phone, "reduced")
    row.get_by_label("Claim about").fill("Fingolimod ")
    row.get_by_label("Claim about").press("Enter")
    expect(row.get_by_role("button", name="Revise Fingolimod and accept")).to_be_visible()
    expect(phone.get_by_role("link", name="Proposals (3 waiting)")).to_be_visible()
