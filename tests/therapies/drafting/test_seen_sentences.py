"""Sentences that are seen and not understood: kept, made claims of, dismissed for good."""

from dataclasses import replace
from typing import Any

import pytest

from editorial import actions, editing, review
from editorial.errors import Locked
from editorial.models import User
from extraction import extract, read, types
from sources.models import Document, Source
from tests.building import person, publish, therapy
from therapies.drafting import drafts, listing, seen_sentences
from therapies.drafting.drafts import Outcome, key_of
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim, Evidence, Proposal, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

DEPLETES = "Ocrelizumab selectively depletes B cells."
FELL = "With ocrelizumab, infections beyond those awaited\nwere what nurses wrote down."
BOTH = "Ocrelizumab beside rituximab, and the relapses of either."
TEXT = (
    "Antibodies in multiple sclerosis\n\nAbstract\n\nMultiple sclerosis (MS) is a chronic disease. "
    f"{DEPLETES} {FELL} {BOTH}\n"
)
NAMES = {DEPLETES: ("Ocrelizumab",), FELL: ("Ocrelizumab",), BOTH: ("Ocrelizumab", "Rituximab")}


def seen(text: str, sentence: str, *topics: str) -> types.SeenSentence:
    start = text.index(sentence)
    end = start + len(sentence)
    return types.SeenSentence(start, end, sentence, NAMES[sentence], topics or ("safety",))


def draft(
    *sentences: str, text: str = TEXT, understood: tuple[str, ...] = (DEPLETES,), **options: Any
) -> Outcome:
    """The text drafted: claims of the sentences that are understood, lines of those seen."""
    data = text.encode()
    reading = read(data, name="antibodies.txt")
    vocabulary = vocabulary_in_use()
    found = extract(reading, vocabulary)
    claims = [c for c in found.claims if c.exact in understood]
    found = replace(found, claims=tuple(claims), seen=tuple(seen(text, s) for s in sentences))
    return drafts.draft(reading, found, vocabulary, size=len(data), **options)


def listed() -> list[str]:
    return [row.exact for row in SeenSentence.objects.listed()]


@pytest.fixture
def editor() -> User:
    return person("editor")


@pytest.fixture
def line() -> SeenSentence:
    draft(FELL)
    return SeenSentence.objects.get()


def test_they_are_kept_with_the_document_each_once() -> None:
    assert draft(FELL, BOTH, BOTH).listed == 2
    row = SeenSentence.objects.get(exact=BOTH)
    assert (row.document, row.names, row.topics) == (
        Document.objects.get(), ["Ocrelizumab", "Rituximab"], ["safety"],
    )  # fmt: skip
    assert row.document.text[row.start : row.end] == BOTH
    before = list(SeenSentence.objects.values())
    assert draft(FELL, BOTH).listed == 0
    assert list(SeenSentence.objects.values()) == before


def test_none_drafts_a_claim_or_a_record() -> None:
    draft(BOTH, understood=())
    assert (Claim.objects.count(), Therapy.objects.count()) == (0, 0)


def test_a_later_reading_adds_what_is_new(line: SeenSentence) -> None:
    assert draft(FELL, BOTH).listed == 1
    assert listed() == [FELL, BOTH]


def test_a_sentence_that_a_later_reading_understands_is_not_listed(line: SeenSentence) -> None:
    Proposal.objects.create(
        document=line.document, start=line.start, end=line.end, topic="safety",
        certainty="stated", exact=line.exact, fate="waiting",
    )  # fmt: skip
    assert listed() == []
    with pytest.raises(seen_sentences.NotListed, match="read again"):
        seen_sentences.make_claim(line, by=person("editor"), about="Ocrelizumab", topic="safety")


def test_one_that_was_proposed_of_before_is_not_listed() -> None:
    draft(understood=(DEPLETES,))
    row = Proposal.objects.filter(exact=DEPLETES).first()
    assert row is not None
    assert draft(DEPLETES).listed == 0
    assert listed() == []


def test_a_claim_of_it_says_the_sentence_and_no_more(line: SeenSentence, editor: User) -> None:
    record = Therapy.objects.get(name="Ocrelizumab")
    row = seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    assert (row.therapy, row.topic, row.certainty) == (record, "safety", "stated")
    assert row.text == " ".join(FELL.split())
    assert (row.machine_proposed, row.outcome, row.harm, row.status) == (False, "", "", "")
    evidence = row.evidence.get()
    assert (evidence.passage.exact, evidence.direction) == (FELL, "supports")
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]
    line.refresh_from_db()
    assert (line.fate, line.claim, listed()) == ("claimed", row, [])


def test_record_that_is_not_there_is_made_with_its_class(editor: User) -> None:
    group = therapy("Monoclonal antibodies", kind="drug-class")
    draft(BOTH, understood=())
    line = SeenSentence.objects.get()
    row = seen_sentences.make_claim(line, by=editor, about="Rituximab", topic="outcome")
    record = Therapy.objects.get(name="Rituximab")
    assert (row.therapy, record.state, record.kind) == (record, "draft", "drug")
    assert record.member_of == group
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]


@pytest.mark.parametrize("about", ["", "Natalizumab"])
def test_only_names_found_make_records(line: SeenSentence, editor: User, about: str) -> None:
    with pytest.raises(seen_sentences.NoSubject, match="names found"):
        seen_sentences.make_claim(line, by=editor, about=about, topic="safety")
    assert listed() == [FELL]


def test_record_that_several_may_be_is_chosen_by_a_person(editor: User) -> None:
    for name in ("Ocre A", "Ocre B"):
        therapy(name, synonyms=["Ocrelizumab"])
    draft(FELL, understood=())
    line = SeenSentence.objects.get()
    with pytest.raises(seen_sentences.NoSubject, match="Choose another record"):
        seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    chosen = Therapy.objects.get(name="Ocre B")
    row = seen_sentences.make_claim(line, by=editor, about=chosen, topic="safety")
    assert row.therapy == chosen


def test_frozen_record_takes_none_and_the_line_stays(line: SeenSentence, editor: User) -> None:
    record = Therapy.objects.get(name="Ocrelizumab")
    actions.submit(record, by=editor)
    before = Claim.objects.count()
    with pytest.raises(Locked, match="cannot be edited"):
        seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    assert (Claim.objects.count(), listed()) == (before, [FELL])


@pytest.mark.parametrize(
    ("topic", "certainty"), [("", "stated"), ("safety", ""), ("lost", "stated")]
)
def test_nonsense_is_refused(line: SeenSentence, editor: User, topic: str, certainty: str) -> None:
    with pytest.raises(seen_sentences.NoSuchClaim):
        seen_sentences.make_claim(
            line, by=editor, about="Ocrelizumab", topic=topic, certainty=certainty
        )


def test_topic_has_to_fit_the_kind_of_record(line: SeenSentence, editor: User) -> None:
    acts = Claim.objects.exclude(mechanism=None).get().mechanism
    assert acts is not None
    with pytest.raises(seen_sentences.NoSuchClaim, match="A claim about a mechanism is not on"):
        seen_sentences.make_claim(line, by=editor, about=acts, topic="monitoring")


def test_what_is_said_already_gains_the_passage(line: SeenSentence, editor: User) -> None:
    words = " ".join(FELL.split())
    there = Claim.objects.create(
        therapy=Therapy.objects.get(name="Ocrelizumab"),
        topic="safety", text=words, certainty="stated",
    )  # fmt: skip
    row = seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    assert row == there
    assert Evidence.objects.get(claim=there).passage.exact == FELL


def test_dismissed_line_does_not_come_back(line: SeenSentence, editor: User) -> None:
    draft(FELL, BOTH)
    keys = list(SeenSentence.objects.values_list("pk", flat=True))
    assert seen_sentences.dismiss(keys[:1], by=editor) == 1
    assert seen_sentences.dismiss(keys[:1], by=editor) == 0
    draft(FELL, BOTH)
    assert listed() == [BOTH]
    with pytest.raises(seen_sentences.NotListed, match="dismissed"):
        seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")


@pytest.mark.parametrize(("more", "less"), [(0, 5), (5, 0), (0, -1), (-1, 0)])
def test_dismissed_line_does_not_come_back_cut_otherwise(
    line: SeenSentence, editor: User, more: int, less: int
) -> None:
    seen_sentences.dismiss([line.pk], by=editor)
    start, end = line.start + more, line.end - less
    cut = types.SeenSentence(start, end, line.document.text[start:end], ("Ocrelizumab",))
    assert listing.list_seen(line.document, [cut]) == 0
    touching = types.SeenSentence(
        line.end, line.end + 4, line.document.text[line.end : line.end + 4]
    )
    assert listing.list_seen(line.document, [cut, touching]) == 1


def test_line_stays_away_when_its_claim_is_deleted(line: SeenSentence, editor: User) -> None:
    row = seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    with pytest.raises(seen_sentences.NotListed, match="already"):
        seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    row.delete()
    draft(FELL)
    line.refresh_from_db()
    assert (line.fate, line.claim, listed()) == ("claimed", None, [])


def test_line_is_back_when_the_draft_of_its_claim_is_discarded(
    line: SeenSentence, editor: User
) -> None:
    for row in (Source.objects.get(), *(c.mechanism for c in Claim.objects.all() if c.mechanism)):
        publish(row)
    record = publish(Therapy.objects.get(name="Ocrelizumab"))
    actions.revise(record, by=editor)
    seen_sentences.make_claim(line, by=editor, about="Ocrelizumab", topic="safety")
    record.refresh_from_db()
    actions.discard(record, by=editor, digest=review.content_digest(record))
    assert listed() == [FELL]


def test_several_harms_of_one_sentence_are_proposals_of_their_own() -> None:
    data = TEXT.encode()
    reading, vocabulary = read(data, name="antibodies.txt"), vocabulary_in_use()
    found = extract(reading, vocabulary)
    first = next(c for c in found.claims if c.exact == DEPLETES and c.subject == "Ocrelizumab")
    harms = ("", "headache", "nausea", "headache", "h" * 121)

    def told(harm: str) -> types.ProposedClaim:
        return replace(first, topic="safety", values=types.ClaimValues(harm=harm))

    found = replace(found, claims=tuple(map(told, harms)))
    for drafted in (3, 0):
        done = drafts.draft(reading, found, vocabulary, size=len(data))
        assert done.drafted == drafted
    assert sorted(Proposal.objects.values_list("harm", flat=True)) == ["", "headache", "nausea"]
    assert key_of(told("h" * 121)) == key_of(told(""))


def test_harm_that_is_the_outcome_makes_no_other_proposal() -> None:
    data = TEXT.encode()
    reading = read(data, name="antibodies.txt")
    row = extract(reading, vocabulary_in_use()).claims[0]
    same = replace(row, values=types.ClaimValues(outcome="headache", harm="headache"))
    assert key_of(same) == key_of(replace(row, values=types.ClaimValues(outcome="headache")))
