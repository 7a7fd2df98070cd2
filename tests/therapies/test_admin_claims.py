"""A claim's page: a pasted quote becomes a passage where it is found, and nothing is lost."""

from typing import Any

import pytest
from django.urls import reverse

from editorial import actions, editing
from editorial.errors import Blocked
from editorial.models import User
from publication.models import Contribution
from sources.models import Passage, Source
from tests.building import claim, evidence, source_with_text, therapy
from tests.html import texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Evidence, Proposal, Therapy

pytestmark = pytest.mark.django_db

TEXT = (
    "A title\nOcrelizumab depletes B cells. It is given by\ninfusion every 6 months. "
    "Infusion reactions may occur. Headache. Infusion reactions may occur."
)


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def row(source: Source) -> Claim:
    subject = therapy("Ocrelizumab")
    quote = "Ocrelizumab depletes B cells."
    return claim(subject, quote, source=source, machine_proposed=True)


def opened(user: User, row: Claim) -> dict[str, Any]:
    html = signed_in(user).get(page(row, "change")).content.decode()
    return fields_of(html, "claim_form")


def save(user: User, row: Claim, fields: dict[str, Any]) -> Any:
    return signed_in(user).post(page(row, "change"), {**fields, "_continue": "1"})


def with_quote(fields: dict[str, Any], source: Source, quote: str, **more: str) -> dict[str, Any]:
    typed = {"source": source.pk, "quote": quote, "direction": "supports", **more}
    return {**fields, **{f"evidence-1-{name}": value for name, value in typed.items()}}


def exacts(row: Claim) -> list[str]:
    return [e.passage.exact for e in row.evidence.order_by("pk")]


FIRST = "Ocrelizumab depletes B cells."


def test_quote_found_once_becomes_a_passage(editor: User, row: Claim, source: Source) -> None:
    typed = with_quote(opened(editor, row), source, "It is given by infusion every 6 months.")
    assert save(editor, row, typed).status_code == 302
    assert exacts(row) == [FIRST, "It is given by\ninfusion every 6 months."]
    passage = row.evidence.latest("pk").passage
    assert TEXT[passage.start : passage.end] == passage.exact


def test_quote_found_twice_asks_which(editor: User, row: Claim, source: Source) -> None:
    typed = with_quote(opened(editor, row), source, "Infusion reactions may occur.")
    answer = save(editor, row, typed)
    html = answer.content.decode()
    assert (answer.status_code, exacts(row)) == (200, [FIRST])
    assert "These words stand in the text 2 times" in html
    assert "Headache. <mark>Infusion reactions may occur.</mark>" in html
    document = source.documents.get()
    second = TEXT.rindex("Infusion reactions")
    typed["evidence-1-place"] = f"{document.pk}:{second}:{second + 29}"
    assert save(editor, row, typed).status_code == 302
    assert row.evidence.latest("pk").passage.start == second


def test_quote_not_found_saves_nothing_and_shows_the_nearest(
    editor: User, row: Claim, source: Source
) -> None:
    typed = with_quote(opened(editor, row), source, "Ocrelizumab destroys B cells.")
    typed["text"] = "My new wording."
    answer = save(editor, row, typed)
    html = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, exacts(row), row.text) == (200, [FIRST], FIRST)
    assert "do not stand in the text" in html
    assert ("<del>destroys</del>" in html, "<ins>depletes</ins>" in html) == (True, True)
    kept = fields_of(html, "claim_form")
    assert (kept["text"], kept["evidence-1-quote"]) == (
        "My new wording.",
        "Ocrelizumab destroys B cells.",
    )


def test_nearest_passage_can_be_taken_without_typing_it(
    editor: User, row: Claim, source: Source
) -> None:
    typed = with_quote(opened(editor, row), source, "Infusion every six months.")
    html = save(editor, row, typed).content.decode()
    place = html.split('name="evidence-1-place" value="')[1].split('"')[0]
    assert save(editor, row, {**typed, "evidence-1-place": place}).status_code == 302
    passage = row.evidence.latest("pk").passage
    assert "infusion every 6 months" in passage.exact


def test_place_that_was_not_offered_is_refused(editor: User, row: Claim, source: Source) -> None:
    document = source.documents.get()
    typed = with_quote(opened(editor, row), source, "No such words at all here, anywhere.")
    answer = save(editor, row, {**typed, "evidence-1-place": f"{document.pk}:0:7"})
    assert (answer.status_code, exacts(row)) == (200, [FIRST])


def test_same_passage_twice_is_refused(editor: User, row: Claim, source: Source) -> None:
    answer = save(editor, row, with_quote(opened(editor, row), source, FIRST))
    assert "This passage is already in the list." in answer.content.decode()
    assert exacts(row) == [FIRST]


def test_source_without_text_needs_a_locator(editor: User, row: Claim) -> None:
    book = Source.objects.create(title="A book", slug="a-book")
    typed = with_quote(opened(editor, row), book, "Words of the book.")
    assert "say where the quote stands" in save(editor, row, typed).content.decode()
    assert save(editor, row, {**typed, "evidence-1-locator": "p. 745"}).status_code == 302
    passage = row.evidence.latest("pk").passage
    assert (passage.locator, passage.document) == ("p. 745", None)
    html = signed_in(editor).get(page(row, "change")).content.decode()
    assert "p. 745 (not machine-checked)" in html


TURNED = "A title\nIt was in\u00adeffective in progressive disease. Relapses fell by 50% in trials."


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("effective in progressive disease", "in\u00adeffective in progressive disease"),
        ("Relapses fell by 5", "Relapses fell by 50%"),
    ],
)
def test_quote_that_cuts_a_word_is_not_taken_and_the_whole_can_be(
    editor: User, row: Claim, quote: str, whole: str
) -> None:
    other = source_with_text(TURNED, title="A title", slug="turned")
    typed = with_quote(opened(editor, row), other, quote)
    answer = save(editor, row, typed)
    html = answer.content.decode()
    assert (answer.status_code, exacts(row)) == (200, [FIRST])
    assert "goes on where this quote begins or ends, so nothing was saved" in html
    place = html.split('name="evidence-1-place" value="')[1].split('"')[0]
    assert save(editor, row, {**typed, "evidence-1-place": place}).status_code == 302
    assert exacts(row) == [FIRST, whole]


def test_stored_passage_that_cuts_a_word_stays_as_it_is(editor: User, row: Claim) -> None:
    other = source_with_text(TURNED, title="A title", slug="turned")
    evidence(row, "effective in progressive disease", source=other)
    changed = {**opened(editor, row), "text": "Better.", "evidence-1-direction": "disputes"}
    assert save(editor, row, changed).status_code == 302
    assert exacts(row) == [FIRST, "effective in progressive disease"]


UNFIT = {
    "It is \u202etfel ot thgir\u202c.": "turns the order",
    "It is \u200bsafe.": "not seen",
    "Осrevus is safe.": "look",
}


@pytest.mark.parametrize("quote", UNFIT)
def test_quote_without_a_text_is_typed_and_refused_as_all_that_is(
    editor: User, row: Claim, quote: str
) -> None:
    book = Source.objects.create(title="A book", slug="a-book")
    typed = with_quote(opened(editor, row), book, quote, locator="p. 745")
    answer = save(editor, row, typed)
    assert (answer.status_code, exacts(row)) == (200, [FIRST])
    assert UNFIT[quote] in answer.content.decode()
    assert not Passage.objects.filter(document=None).exists()


def test_quote_without_a_text_is_kept_as_all_that_is_typed(editor: User, row: Claim) -> None:
    book = Source.objects.create(title="A book", slug="a-book")
    typed = with_quote(opened(editor, row), book, "Sjo\u0308gren’s\r\ndisease", locator="p. 1")
    assert save(editor, row, typed).status_code == 302
    assert exacts(row) == [FIRST, "Sjögren’s\ndisease"]


@pytest.mark.parametrize("quote", UNFIT)
def test_quote_without_a_text_that_came_past_the_form_is_not_submitted(
    editor: User, row: Claim, quote: str
) -> None:
    book = Source.objects.create(title="A book", slug="a-book")
    passage = Passage.objects.create(source=book, exact=quote, locator="p. 745")
    Evidence.objects.create(claim=row, passage=passage)
    with pytest.raises(Blocked, match=f"“claims, evidence, passage, quote”: .*{UNFIT[quote]}"):
        actions.submit(row.subject, by=editor)


def test_found_quote_holds_what_its_document_holds(editor: User, row: Claim) -> None:
    text = "A title\nОсrevus is \u202ethgir\u202c here."
    other = source_with_text(text, title="A title", slug="other")
    assert save(editor, row, with_quote(opened(editor, row), other, "Осrevus is thgir here."))
    assert exacts(row) == [FIRST, text.removeprefix("A title\n")]
    assert actions.submit(row.subject, by=editor).state == "in-review"


# The same passage from two sides

SECOND = "It is given by\ninfusion every 6 months."


def directions(row: Claim) -> dict[str, str]:
    return {e.passage.exact: e.direction for e in row.evidence.all()}


def test_two_rows_exchange_their_quotes(editor: User, row: Claim, source: Source) -> None:
    evidence(row, SECOND, source=source, direction="disputes")
    ids = set(row.evidence.values_list("pk", "public_id"))
    mine = opened(editor, row)
    one, other = mine["evidence-0-quote"], mine["evidence-1-quote"]
    mine |= {"evidence-0-quote": other, "evidence-1-quote": one}
    assert save(editor, row, mine).status_code == 302
    assert directions(row) == {FIRST: "disputes", SECOND: "supports"}
    assert set(row.evidence.values_list("pk", "public_id")) == ids


def test_row_takes_the_quote_of_one_that_is_deleted(
    editor: User, row: Claim, source: Source
) -> None:
    evidence(row, SECOND, source=source, direction="disputes")
    mine = opened(editor, row)
    mine |= {"evidence-0-quote": mine["evidence-1-quote"], "evidence-1-DELETE": "on"}
    assert save(editor, row, mine).status_code == 302
    assert directions(row) == {SECOND: "supports"}


def test_row_takes_the_quote_of_one_that_takes_another(
    editor: User, row: Claim, source: Source
) -> None:
    evidence(row, SECOND, source=source, direction="disputes")
    mine = opened(editor, row)
    mine |= {"evidence-0-quote": mine["evidence-1-quote"], "evidence-1-quote": "Headache."}
    assert save(editor, row, mine).status_code == 302
    assert directions(row) == {SECOND: "supports", "Headache.": "disputes"}


def test_passage_that_another_added_meanwhile_is_not_added_twice(
    editor: User, row: Claim, source: Source
) -> None:
    mine = {**with_quote(opened(editor, row), source, SECOND), "text": "My text."}
    other = staff("editor")
    assert save(other, row, with_quote(opened(other, row), source, SECOND)).status_code == 302
    answer = save(editor, row, {**mine, "evidence-1-direction": "disputes"})
    html = answer.content.decode()
    assert (answer.status_code, exacts(row)) == (200, [FIRST, SECOND])
    assert "This passage is already in the list." in html
    assert fields_of(html, "claim_form")["text"] == "My text."
    assert save(editor, row, mine).status_code == 302  # both say the same of it
    row.refresh_from_db()
    assert (row.text, exacts(row)) == ("My text.", [FIRST, SECOND])


def test_edited_claim_loses_the_mark_of_the_machine(editor: User, row: Claim) -> None:
    assert save(editor, row, {**opened(editor, row), "text": "Better."}).status_code == 302
    row.refresh_from_db()
    assert (row.machine_proposed, row.text) == (False, "Better.")
    assert [c.user_id for c in editing.contributions(row.subject)] == [editor.pk]


def test_save_without_a_change_contributes_nothing(editor: User, row: Claim) -> None:
    revision = row.subject.revision
    assert save(editor, row, opened(editor, row)).status_code == 302
    row.refresh_from_db()
    assert (row.machine_proposed, Contribution.objects.count()) == (True, 0)
    assert Therapy.objects.get().revision == revision


def test_stale_claim_page_shows_both_texts_and_can_be_saved_again(editor: User, row: Claim) -> None:
    mine = {**opened(editor, row), "text": "My text."}
    other = staff("editor")
    save(other, row, {**opened(other, row), "text": "Their text."})
    answer = save(editor, row, mine)
    html = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, row.text) == (200, "Their text.")
    assert "This was saved after you opened the page" in html
    assert ("<del>Their</del>" in html, "<ins>My</ins>" in html) == (True, True)
    again = fields_of(html, "claim_form")
    assert again["text"] == "My text."
    assert save(editor, row, again).status_code == 302
    row.refresh_from_db()
    assert row.text == "My text."


def test_row_deleted_by_another_comes_back_as_a_new_one(
    editor: User, row: Claim, source: Source
) -> None:
    mine = {**opened(editor, row), "evidence-0-direction": "disputes"}
    other = staff("editor")
    save(other, row, {**opened(other, row), "evidence-0-DELETE": "on"})
    assert exacts(row) == []
    html = save(editor, row, mine).content.decode()
    assert "deleted meanwhile; your text is in a new row below" in html
    assert save(editor, row, fields_of(html, "claim_form")).status_code == 302
    assert (exacts(row), row.evidence.get().direction) == ([FIRST], "disputes")


def test_typed_text_is_kept_when_the_record_was_submitted_meanwhile(
    editor: User, row: Claim
) -> None:
    mine = {**opened(editor, row), "text": "My text."}
    actions.submit(row.subject, by=staff("editor"))
    html = save(editor, row, mine).content.decode()
    row.refresh_from_db()
    assert row.text == FIRST
    assert "is in review now and cannot be edited" in html
    assert fields_of(html, "claim_form")["text"] == "My text."


def test_claim_of_a_frozen_record_is_read_only(editor: User, row: Claim) -> None:
    actions.submit(row.subject, by=editor)
    html = signed_in(editor).get(page(row, "change")).content.decode()
    assert ('name="text"' in html, 'name="_save"' in html) == (False, False)


def test_deleting_a_claim_asks_for_the_token_and_dismisses_its_proposal(
    editor: User, row: Claim, source: Source
) -> None:
    proposal = Proposal.objects.create(
        document=source.documents.get(),
        start=8,
        end=37,
        topic="mechanism",
        certainty="stated",
        exact=FIRST,
        fate="drafted",
        claim=row,
    )
    client = signed_in(editor)
    assert client.get(page(row, "delete")).status_code == 200
    for seen in ("", "7"):
        client.post(page(row, "delete"), {"post": "yes", "seen": seen})
    assert Claim.objects.count() == 1
    client.post(page(row, "delete"), {"post": "yes", "seen": row.mark()})
    proposal.refresh_from_db()
    assert (Claim.objects.count(), Evidence.objects.count(), proposal.fate) == (0, 0, "dismissed")
    assert Passage.objects.filter(exact=FIRST).count() == 1
    assert [c.user_id for c in editing.contributions(Therapy.objects.get())] == [editor.pk]


def test_claim_of_a_frozen_record_is_not_deleted(editor: User, row: Claim) -> None:
    actions.submit(row.subject, by=editor)
    answer = signed_in(editor).post(page(row, "delete"), {"post": "yes", "seen": row.mark()})
    assert (answer.status_code, Claim.objects.count()) == (302, 1)


def test_new_claim_is_about_one_editable_record(editor: User, row: Claim, source: Source) -> None:
    frozen = therapy("Ofatumumab", not_stated=[])
    claim(frozen, "Headache.", source=source)
    actions.submit(frozen, by=staff("editor"))
    client = signed_in(editor)
    address = reverse("admin:therapies_claim_add")
    fields = fields_of(client.get(f"{address}?therapy={frozen.pk}").content.decode(), "claim_form")
    assert fields["therapy"] == str(frozen.pk)
    typed = with_quote(
        {**fields, "topic": "safety", "text": "Headache occurs.", "certainty": "stated"},
        source,
        "",
    )
    typed |= {"evidence-0-source": str(source.pk), "evidence-0-quote": "Headache."}
    typed = {name: value for name, value in typed.items() if not name.startswith("evidence-1-")}
    assert "cannot be edited now" in client.post(address, typed).content.decode()
    typed["therapy"] = ""
    assert "Choose one" in client.post(address, typed).content.decode()
    typed["therapy"] = str(row.therapy_id)
    assert client.post(address, typed).status_code == 302
    new = Claim.objects.latest("pk")
    assert (new.therapy, exacts(new), new.machine_proposed) == (row.therapy, ["Headache."], False)
    assert [c.what for c in editing.contributions(new.subject)] == ["wrote a claim"]


def proposed(row: Claim, source: Source, **more: Any) -> Proposal:
    document = source.documents.get()
    start = TEXT.index(row.text)
    return Proposal.objects.create(
        document=document,
        start=start,
        end=start + len(row.text),
        topic=row.topic,
        certainty="stated",
        exact=row.text,
        why="“depletes” is a verb of effect.",
        fate="drafted",
        claim=row,
        **more,
    )


WHY = (
    "Machine-proposed. “depletes” is a verb of effect. The subject is named earlier in the text: "
    "“A title”."
)


def test_reviewer_and_editor_see_why_the_machine_proposed_a_claim(
    editor: User, row: Claim, source: Source
) -> None:
    proposed(row, source, antecedent_start=0, antecedent_end=7)
    assert texts(signed_in(editor).get(page(row, "change")), "p", "aside") == [WHY]
    assert texts(signed_in(editor).get(page(row.subject, "review")), "p", "aside") == [WHY]
    assert texts(signed_in(editor).get(page(row.subject, "change")), "p", "aside") == [WHY]


def test_edited_claim_shows_no_reason_of_the_machine_and_keeps_its_digest(
    editor: User, row: Claim, source: Source
) -> None:
    proposed(row, source)
    before = [pair.digest for pair in row.subject.pairs()]
    Claim.objects.update(machine_proposed=False)
    assert [(p.aside, p.digest) for p in row.subject.pairs()] == [("", before[0])]
    assert texts(signed_in(editor).get(page(row.subject, "review")), "p", "aside") == []


def test_machine_proposed_claim_without_a_proposal_says_so(editor: User, row: Claim) -> None:
    reasons = texts(signed_in(editor).get(page(row.subject, "review")), "p", "aside")
    assert reasons == ["Machine-proposed. No reason is on record."]


# What the passages do not seem to say


def test_value_that_no_passage_says_is_asked_once(editor: User, row: Claim) -> None:
    fields = opened(editor, row) | {"topic": "status", "status": "licensed"}
    answer = save(editor, row, fields | {"jurisdiction": "EMA"})
    html = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, row.status) == (200, "")
    for told in ("licensed", "EMA"):
        assert f"Where does it say “{told}”? The passage does not seem to." in html
    assert "The passages say so" in html
    kept = fields_of(html, "claim_form")
    assert (kept["status"], kept["jurisdiction"]) == ("licensed", "EMA")
    box = answer.context["asked"]
    assert save(editor, row, kept | {box.name: box.value}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.jurisdiction) == ("licensed", "EMA")
    assert save(editor, row, opened(editor, row) | {"text": "B cells fall."}).status_code == 302


def test_value_is_looked_for_in_the_passage_that_is_added_with_it(
    editor: User, row: Claim, source: Source
) -> None:
    fields = opened(editor, row) | {"topic": "administration", "route": "infusion"}
    assert save(editor, row, fields).status_code == 200
    typed = with_quote(fields, source, "It is given by infusion every 6 months.")
    assert save(editor, row, typed).status_code == 302
    disputed = opened(editor, row) | {"evidence-1-direction": "disputes"}
    assert save(editor, row, disputed).status_code == 200  # what held the value holds it no more


def test_value_is_looked_for_in_the_place_that_was_chosen(
    editor: User, row: Claim, source: Source
) -> None:
    fields = opened(editor, row) | {"topic": "administration", "route": "infusion"}
    typed = with_quote(fields, source, "It is given by an infused bag every 6 months.")
    html = save(editor, row, typed).content.decode()
    place = html.split('name="evidence-1-place" value="')[1].split('"')[0]
    assert save(editor, row, typed | {"evidence-1-place": place}).status_code == 302


@pytest.mark.parametrize("place", ["x", "1:2", "99999:0:5", "²:1:2"])
def test_nonsense_for_a_place_is_no_passage(editor: User, row: Claim, place: str) -> None:
    fields = opened(editor, row) | {"evidence-0-place": place, "text": "Depletes B cells."}
    assert save(editor, row, fields).status_code == 302


def test_new_claim_without_a_passage_is_not_asked(editor: User, row: Claim) -> None:
    fields = {
        "therapy": row.therapy_id, "topic": "status", "text": "Licensed.", "certainty": "stated",
        "status": "licensed", "position": "0", "evidence-TOTAL_FORMS": "0",
        "evidence-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = signed_in(editor).post(reverse("admin:therapies_claim_add"), fields)
    assert answer.status_code == 302
