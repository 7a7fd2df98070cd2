"""Proposals as the claims that they would be: seen, corrected, accepted one by one or together."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import actions, editing
from editorial.models import ReviewEvent, User
from sources.models import Source
from tests.building import claim, mechanism, publish, source_with_text, therapy
from tests.workroom import fields_of, page, signed_in, staff
from therapies.drafting.proposals import accept, dismiss
from therapies.models import Claim, Proposal, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

FELL = "Fingolimod reduced the relapse rate by 54% against placebo."
TAKEN = "Fingolimod is taken by mouth once daily."
LICENSED = "Fingolimod was approved by the FDA in 2010."
TEXT = f"A title\n{FELL} {TAKEN} {LICENSED}"


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record() -> Therapy:
    return therapy("Fingolimod")


def proposed(source: Source, sentence: str, topic: str, **values: Any) -> Proposal:
    start = TEXT.index(sentence)
    return Proposal.objects.create(
        document=source.documents.get(), start=start, end=start + len(sentence), exact=sentence,
        subject_kind="therapy", subject="Fingolimod", topic=topic, certainty="stated",
        values=values, fate="waiting", waits_because="the record was frozen",
    )  # fmt: skip


@pytest.fixture
def fell(source: Source) -> Proposal:
    return proposed(
        source, FELL, "outcome", outcome="Relapse rate", effect_direction="better",
        effect_size="54%", comparator="placebo",
    )  # fmt: skip


@pytest.fixture
def taken(source: Source) -> Proposal:
    return proposed(source, TAKEN, "administration", route="oral", schedule="once daily")


def opened(user: User, source: Source) -> dict[str, Any]:
    html = signed_in(user).get(page(source, "proposals")).content.decode()
    return fields_of(html, "drafted_form")


def press(user: User, source: Source, do: str, typed: dict[str, Any] | None = None) -> Any:
    """A button, with what was typed into the page as it was opened now."""
    fields = opened(user, source) | (typed or {}) | {"do": do}
    fields["p-shown"] = [str(p.pk) for p in Proposal.objects.filter(document__source=source)]
    return signed_in(user).post(page(source, "decide"), fields)


def of(proposal: Proposal, **typed: Any) -> dict[str, Any]:
    return {f"p{proposal.pk}-{name}": value for name, value in typed.items()}


def kept(answer: Any, proposal: Proposal, name: str) -> Any:
    fields = fields_of(answer.content.decode(), "drafted_form")
    return fields[f"p{proposal.pk}-{name}"]


# What one sees


def test_every_value_is_in_the_form_and_where_the_passage_says_it(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    fields = opened(editor, source)
    told = {"record": "Fingolimod", "topic": "outcome", "certainty": "stated", "text": FELL}
    told |= {"outcome": "Relapse rate", "effect_direction": "better", "effect_size": "54%"}
    for name, value in {**told, "comparator": "placebo"}.items():
        assert fields[f"p{fell.pk}-{name}"] == value
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    for words in ("reduced", "relapse rate", "54", "placebo"):
        assert f"<mark>{words}</mark>" in html
        assert f"Said as “{words}”" in html


def test_value_without_a_word_in_the_passage_says_so(
    editor: User, source: Source, record: Therapy
) -> None:
    proposed(source, TAKEN, "status", status="licensed")
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    assert "Not found in the passage" in html


def test_administrator_sees_the_values_and_no_fields(source: Source, fell: Proposal) -> None:
    html = signed_in(staff("administrator")).get(page(source, "proposals")).content.decode()
    for words in ("Change for the patient", "better", "54%", "placebo", "left open by the text"):
        assert words in html
    assert 'name="do"' not in html


def test_page_of_more_proposals_takes_no_more_queries(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    client, counts = signed_in(editor), []
    mechanism("B-cell depletion")
    for sentence in (TAKEN, LICENSED):
        proposed(source, sentence, "mechanism", mechanism="B-cell depletion")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(source, "proposals")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


# What one accepts is what one saw


def test_corrected_values_are_what_is_written(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    typed = of(
        fell, text="It reduced relapses by 54%.", effect_size="by 54%", comparator="",
        topic="research", record="Fingolimod", courses=["rrms"], **{"is_another": ""},
    )  # fmt: skip
    answer = press(editor, source, f"accept:{fell.pk}", typed)
    assert answer.status_code == 409  # the passage has no word of a disease course
    box = answer.context["waiting"].rows[0].form.box
    answer = press(editor, source, f"accept:{fell.pk}", typed | {box.name: box.value})
    assert answer.status_code == 302
    made = Claim.objects.get()
    assert (made.therapy, made.topic, made.text) == (record, "research", typed[f"p{fell.pk}-text"])
    assert (made.effect_size, made.comparator, made.courses) == ("by 54%", "", ["rrms"])
    assert (made.outcome, made.effect_direction) == ("Relapse rate", "better")
    assert made.evidence.get().passage.exact == FELL
    fell.refresh_from_db()
    assert (fell.fate, fell.claim) == ("drafted", made)


def test_mechanism_of_the_proposal_is_in_the_form_by_its_name(
    editor: User, source: Source, record: Therapy
) -> None:
    found = mechanism("B-cell depletion")
    row = proposed(source, FELL, "mechanism", mechanism="B-cell depletion")
    assert opened(editor, source)[f"p{row.pk}-acts_by"] == "B-cell depletion"
    box = {f"p{row.pk}-acts_by": "No such one"}
    answer = press(editor, source, f"accept:{row.pk}", box)
    assert "There is no mechanism called “No such one”." in answer.content.decode()
    answer = press(editor, source, f"accept:{row.pk}")
    box = {b.name: b.value for b in [answer.context["waiting"].rows[0].form.box]}
    press(editor, source, f"accept:{row.pk}", box)
    assert Claim.objects.get().acts_by == found


def test_mechanism_that_is_not_here_is_named(editor: User, source: Source, record: Therapy) -> None:
    row = proposed(source, FELL, "mechanism", mechanism="B-cell depletion")
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    assert "The text names “B-cell depletion”, of which there is no record here." in html
    press(editor, source, f"accept:{row.pk}")
    assert Claim.objects.get().acts_by is None


def test_values_that_do_not_fit_are_refused_beside_their_fields(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    typed = of(fell, certainty="intended", text="  ")
    answer = press(editor, source, f"accept:{fell.pk}", typed)
    html = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (409, 0)
    assert "What is only intended is no result" in html
    assert "This field is required." in html
    assert kept(answer, fell, "certainty") == "intended"


def test_direction_against_the_passage_is_asked_once(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    typed = of(fell, effect_direction="worse")
    answer = press(editor, source, f"accept:{fell.pk}", typed)
    html = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (409, 0)
    assert "Where does it say “worse”? The passage says “reduced”." in html
    assert kept(answer, fell, "effect_direction") == "worse"
    box = answer.context["waiting"].rows[0].form.box
    other = typed | of(fell, route="oral") | {box.name: box.value}
    assert press(editor, source, f"accept:{fell.pk}", other).status_code == 409
    assert press(editor, source, f"accept:{fell.pk}", typed | {box.name: box.value}).url
    assert Claim.objects.get().effect_direction == "worse"


# What happened meanwhile


def test_proposal_that_changed_is_refused_with_what_was_typed(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    fields = opened(editor, source) | of(fell, text="Relapses fell.") | {"do": f"accept:{fell.pk}"}
    fell.values = {**fell.values, "effect_size": "45%"}
    fell.save()
    answer = signed_in(editor).post(page(source, "decide"), fields)
    assert (answer.status_code, Claim.objects.count()) == (409, 0)
    assert "This proposal changed after the page was opened" in answer.content.decode()
    assert kept(answer, fell, "text") == "Relapses fell."


@pytest.mark.parametrize("do", ["accept", "revise", "support", "dismiss"])
def test_proposal_that_was_decided_is_refused_with_what_was_typed(
    editor: User, source: Source, record: Therapy, fell: Proposal, do: str
) -> None:
    fields = opened(editor, source) | of(fell, text="Mine.") | {"do": f"{do}:{fell.pk}"}
    made = accept(fell, by=staff("editor"))
    answer = signed_in(editor).post(page(source, "decide"), fields)
    html = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (409, 1)
    assert "This proposal is drafted already." in html
    assert page(made, "change") in html
    assert kept(answer, fell, "text") == "Mine."
    assert f'value="{do}:{fell.pk}"' not in html


# Several at once


def test_ticked_proposals_are_accepted_each_for_itself(
    editor: User, source: Source, record: Therapy, fell: Proposal, taken: Proposal
) -> None:
    late = proposed(source, LICENSED, "status", status="licensed", jurisdiction="FDA")
    ticked = {"p-ticked": [str(p.pk) for p in (fell, taken, late)]}
    typed = of(taken, record="Nobody") | of(fell, text="Relapses fell by 54%.")
    fields = opened(editor, source) | typed | ticked | {"do": "accept"}
    fields["p-shown"] = ticked["p-ticked"]
    dismiss(late, by=staff("editor"))
    client = signed_in(editor)
    sent = client.post(page(source, "decide"), fields)
    assert sent.status_code == 302  # what was written is not sent again by a reload
    answer = client.get(sent.url)
    html = answer.content.decode()
    assert Claim.objects.get().text == "Relapses fell by 54%."
    assert "A claim about Fingolimod was drafted." in html
    assert "There is no record called “Nobody”." in html
    assert "This proposal is dismissed already." in html
    assert kept(answer, taken, "record") == "Nobody"
    assert f'name="p-ticked" value="{taken.pk}"' in html
    fates = dict(Proposal.objects.values_list("pk", "fate"))
    assert fates == {fell.pk: "drafted", taken.pk: "waiting", late.pk: "dismissed"}


def test_what_was_typed_for_others_stays(
    editor: User, source: Source, record: Therapy, fell: Proposal, taken: Proposal
) -> None:
    typed = of(taken, text="It is swallowed once daily.", schedule="each day")
    client = signed_in(editor)
    fields = opened(editor, source) | typed | {"do": f"accept:{fell.pk}"}
    sent = client.post(page(source, "decide"), fields)
    for _ in range(2):  # looking takes nothing away
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(sent.url)
        assert kept(answer, taken, "text") == "It is swallowed once daily."
        assert kept(answer, taken, "schedule") == "each day"
    writes = [q["sql"] for q in captured if not q["sql"].lstrip().startswith("SELECT")]
    assert writes == []
    assert Claim.objects.get().text == FELL
    assert press(editor, source, f"accept:{taken.pk}", typed).status_code == 302
    assert Claim.objects.count() == 2


def test_what_was_typed_for_a_sentence_stays_when_a_proposal_is_decided(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    start = TEXT.index(TAKEN)
    seen = SeenSentence.objects.create(
        document=source.documents.get(), start=start, end=start + len(TAKEN), exact=TAKEN,
        names=["Fingolimod"],
    )  # fmt: skip
    client = signed_in(editor)
    fields = opened(editor, source) | {f"s{seen.pk}-text": "Swallowed.", "s-ticked": [seen.pk]}
    answer = client.post(page(source, "decide"), fields | {"do": f"dismiss:{fell.pk}"}, follow=True)
    again = fields_of(answer.content.decode(), "drafted_form")
    assert (again[f"s{seen.pk}-text"], again["s-ticked"]) == ("Swallowed.", [str(seen.pk)])
    refused = client.post(page(source, "sentences"), again | {"do": "claim"})
    assert refused.status_code == 302
    assert Claim.objects.get().text == "Swallowed."


@pytest.mark.parametrize("query", ["?kept=", "?kept=x", "?kept=x&proposals=9"])
def test_token_of_nothing_is_nothing(
    editor: User, source: Source, fell: Proposal, query: str
) -> None:
    assert signed_in(editor).get(page(source, "proposals") + query).status_code == 200


def test_what_one_typed_is_kept_for_oneself_and_this_source(
    editor: User, source: Source, record: Therapy, fell: Proposal, taken: Proposal
) -> None:
    client = signed_in(editor)
    fields = opened(editor, source) | of(taken, text="Mine.") | {"do": f"dismiss:{fell.pk}"}
    sent = client.post(page(source, "decide"), fields)
    assert "Mine." in client.get(sent.url).content.decode()
    assert "Mine." not in signed_in(staff("editor")).get(sent.url).content.decode()
    other = source_with_text("Other.", title="Other")
    query = sent.url.partition("?")[2]
    assert "Mine." not in client.get(f"{page(other, 'proposals')}?{query}").content.decode()


def test_ticked_proposals_are_dismissed_together(
    editor: User, source: Source, fell: Proposal, taken: Proposal
) -> None:
    ticked = {"p-ticked": [str(fell.pk), str(taken.pk), "x", "999999"]}
    answer = press(editor, source, "dismiss", ticked)
    assert answer.status_code == 302
    assert set(Proposal.objects.values_list("fate", flat=True)) == {"dismissed"}
    html = signed_in(editor).get(answer.url).content.decode()
    assert "No proposal waits." in html


def test_nothing_ticked_does_nothing_and_keeps_what_was_typed(
    editor: User, source: Source, fell: Proposal
) -> None:
    answer = press(editor, source, "accept", of(fell, text="Mine."))
    assert answer.status_code == 200
    assert "Nothing is ticked" in answer.content.decode()
    assert kept(answer, fell, "text") == "Mine."
    assert Claim.objects.count() == 0


def test_checking_writes_nothing_and_says_what_is_wrong(
    editor: User, source: Source, fell: Proposal, taken: Proposal
) -> None:
    answer = press(editor, source, "check", of(fell, record="Nobody"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("There is no record called “Nobody”.") == 1
    assert kept(answer, fell, "record") == "Nobody"
    assert set(Proposal.objects.values_list("fate", flat=True)) == {"waiting"}


def test_long_list_comes_in_pages(editor: User, source: Source) -> None:
    for number in range(21):
        proposed(source, FELL, "outcome", outcome=f"Outcome {number}")
        Proposal.objects.filter(outcome="").update(outcome=f"Outcome {number}")
    client = signed_in(editor)
    html = client.get(page(source, "proposals")).content.decode()
    assert (html.count("<article"), "Page 1 of 2" in html) == (20, True)
    html = client.get(page(source, "proposals") + "?proposals=2").content.decode()
    assert html.count("<article") == 1


# Revise and accept


def approved(record: Therapy, source: Source) -> Therapy:
    publish(source)
    claim(record, TAKEN, source=source, topic="administration")
    publish(record)
    record.refresh_from_db()
    return record


def test_approved_record_is_revised_and_takes_the_claim_at_once(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    approved(record, source)
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    assert "Fingolimod is approved." in html
    assert "Revise Fingolimod and accept" in html
    assert press(editor, source, f"accept:{fell.pk}").status_code == 409
    assert press(editor, source, f"revise:{fell.pk}").status_code == 302
    record.refresh_from_db()
    assert record.state == "draft"
    assert [claim.text for claim in record.claims.order_by("position")] == [TAKEN, FELL]
    assert ReviewEvent.objects.filter(action="revise", actor_id=editor.pk).count() == 1
    assert [row.user_id for row in editing.contributions(record)] == [editor.pk]


def test_refused_claim_leaves_the_record_approved(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    approved(record, source)
    answer = press(editor, source, f"revise:{fell.pk}", of(fell, text=""))
    record.refresh_from_db()
    assert (answer.status_code, record.state, record.claims.count()) == (409, "approved", 1)


def test_passage_is_added_to_a_claim_of_an_approved_record(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    approved(record, source)
    fell.resembles = record.claims.get()
    fell.save()
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    assert "Revise and add this passage to the existing claim" in html
    assert press(editor, source, f"revise-support:{fell.pk}").status_code == 302
    record.refresh_from_db()
    assert (record.state, record.claims.get().evidence.count()) == ("draft", 2)


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ("submit", "Fingolimod is in review. It takes no claim while it is looked at."),
        ("reject", "Fingolimod is rejected. It has to be reopened first."),
    ],
)
def test_other_frozen_records_say_why_not_and_where(
    editor: User, source: Source, record: Therapy, fell: Proposal, action: str, why: str
) -> None:
    claim(record, TAKEN, source=source, topic="administration")
    actions.submit(record, by=editor)
    if action == "reject":
        actions.reject(record, by=staff("reviewer"), note="Not for us.")
    html = signed_in(editor).get(page(source, "proposals")).content.decode()
    assert why in html
    assert page(record, "review") in html
    assert f'value="revise:{fell.pk}"' not in html
    answer = press(editor, source, f"revise:{fell.pk}")
    assert (answer.status_code, Claim.objects.count()) == (409, 1)


def test_proposal_goes_to_another_record_that_is_open(
    editor: User, source: Source, record: Therapy, fell: Proposal
) -> None:
    claim(record, TAKEN, source=source, topic="administration")
    actions.submit(record, by=editor)
    other = therapy("Siponimod")
    assert press(editor, source, f"accept:{fell.pk}", of(fell, record="siponimod")).url
    assert other.claims.get().text == FELL
