"""Sentences that are seen and not understood: kept, made claims of, dismissed for good."""

from dataclasses import replace

import pytest

from editorial import actions, editing, review
from editorial.errors import Locked
from editorial.models import User
from extraction import extract, read, types
from sources.models import Document, Source
from tests.building import person, publish, therapy
from tests.not_understood import article, long, told
from therapies.drafting import drafts, listing, seen_sentences
from therapies.drafting.companions import with_mechanism_claims
from therapies.drafting.drafts import Key, Outcome, key_of
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim, Evidence, Proposal, SeenSentence, Subject, Synonym, Therapy

pytestmark = pytest.mark.django_db

DEPLETES = "Ocrelizumab selectively depletes B cells."
FELL = told("Ocrelizumab", "infections", gap="\n")
BOTH = told("Ocrelizumab with rituximab")
DOUBTED = told("Ocrelizumab", "relapses that may end")
NEW = told("Ocrexyrin")
"""Of a name that no vocabulary has, before an editor adds it."""
HARMS = "Ocrelizumab caused urticaria and dizziness."
DECISIONS = "Cladribine was rejected by the EMA in 2010 and approved in 2017."
TEA = "Tea was cold."
HELPS = "Ocrelizumab reduced the relapse rate."


def draft(*sentences: str) -> Outcome:
    """A text with these sentences, read and drafted."""
    data = article(*sentences).encode()
    reading, vocabulary = read(data, name="antibodies.txt"), vocabulary_in_use()
    found = with_mechanism_claims(extract(reading, vocabulary))
    return drafts.draft(reading, found, vocabulary, size=len(data))


def make(
    line: SeenSentence,
    by: User,
    about: Subject | str = "Ocrelizumab",
    *,
    topic: str = "safety",
    certainty: str = "stated",
) -> Claim:
    wording = seen_sentences.worded(line, topic=topic, certainty=certainty)
    return seen_sentences.make_claim(line, by=by, about=about, wording=wording)


def listed() -> list[str]:
    return [row.exact for row in SeenSentence.objects.listed()]


@pytest.fixture
def editor() -> User:
    return person("editor")


@pytest.fixture
def line() -> SeenSentence:
    draft(DEPLETES, FELL, TEA)
    return SeenSentence.objects.get()


def test_they_are_kept_with_the_document_each_once() -> None:
    assert draft(FELL, BOTH).listed == 2
    first, second = SeenSentence.objects.order_by("start")
    assert (first.exact, first.names, first.topics) == (FELL, ["Ocrelizumab"], ["safety"])
    assert (second.document, second.names, second.topics) == (
        Document.objects.get(), ["Ocrelizumab", "Rituximab"], ["outcome"],
    )  # fmt: skip
    assert second.document.text[second.start : second.end] == BOTH == second.exact
    before = list(SeenSentence.objects.values())
    assert draft(FELL, BOTH).listed == 0
    assert list(SeenSentence.objects.values()) == before


def test_what_is_longer_than_is_read_is_seen() -> None:
    draft(long("Ocrelizumab"), DEPLETES)
    assert listed() == [long("Ocrelizumab")]


def test_none_drafts_a_claim_or_a_record() -> None:
    draft(BOTH)
    assert (Claim.objects.count(), Therapy.objects.count()) == (0, 0)


def test_a_later_reading_adds_what_is_new() -> None:
    draft(NEW, FELL)
    assert listed() == [FELL]
    Synonym.objects.create(
        kind="therapy", canonical="Ocrelizumab", term="Ocrexyrin", user_id=1, user_name="Ann"
    )
    assert draft(NEW, FELL).listed == 1
    assert listed() == [NEW, FELL]
    assert SeenSentence.objects.get(exact=NEW).names == ["Ocrelizumab"]


def test_a_sentence_that_a_later_reading_understands_is_not_listed(line: SeenSentence) -> None:
    Proposal.objects.create(
        document=line.document, start=line.start, end=line.end, topic="safety",
        certainty="stated", exact=line.exact, fate="waiting",
    )  # fmt: skip
    assert listed() == []
    with pytest.raises(seen_sentences.NotListed, match="read again"):
        make(line, person("editor"))


def test_one_that_was_proposed_of_before_is_not_listed() -> None:
    draft(HELPS)
    row = Proposal.objects.get(exact=HELPS)
    again = types.SeenSentence(row.start, row.end, HELPS, ("Ocrelizumab",), ("outcome",))
    assert listing.list_seen(row.document, [again]) == 0
    assert listed() == []


def test_a_claim_of_it_says_the_sentence_and_no_more(line: SeenSentence, editor: User) -> None:
    record = Therapy.objects.get(name="Ocrelizumab")
    row = make(line, editor)
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
    draft(BOTH)
    line = SeenSentence.objects.get()
    row = make(line, editor, "Rituximab", topic="outcome")
    record = Therapy.objects.get(name="Rituximab")
    assert (row.therapy, record.state, record.kind) == (record, "draft", "drug")
    assert record.member_of == group
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]


@pytest.mark.parametrize("about", ["", "Natalizumab"])
def test_only_names_found_make_records(line: SeenSentence, editor: User, about: str) -> None:
    with pytest.raises(seen_sentences.NoSubject, match="names found"):
        make(line, editor, about)
    assert listed() == [FELL]


def test_record_that_several_may_be_is_chosen_by_a_person(editor: User) -> None:
    draft(FELL)
    line = SeenSentence.objects.get()
    for name in ("Ocre A", "Ocre B"):
        therapy(name, synonyms=["Ocrelizumab"])
    with pytest.raises(seen_sentences.NoSubject, match="Choose another record"):
        make(line, editor)
    chosen = Therapy.objects.get(name="Ocre B")
    row = make(line, editor, chosen)
    assert row.therapy == chosen


def test_frozen_record_takes_none_and_the_line_stays(line: SeenSentence, editor: User) -> None:
    record = Therapy.objects.get(name="Ocrelizumab")
    actions.submit(record, by=editor)
    before = Claim.objects.count()
    with pytest.raises(Locked, match="cannot be edited"):
        make(line, editor)
    assert (Claim.objects.count(), listed()) == (before, [FELL])


@pytest.mark.parametrize(
    ("topic", "certainty", "why"),
    [
        ("", "stated", "Choose a topic."),
        ("lost", "stated", "Choose a topic."),
        ("safety", "", "Choose a certainty, as the source says."),
        ("safety", "sure", "Choose a certainty, as the source says."),
    ],
)
def test_nonsense_is_refused(
    line: SeenSentence, editor: User, topic: str, certainty: str, why: str
) -> None:
    with pytest.raises(seen_sentences.NoSuchClaim, match=f"^{why}$"):
        make(line, editor, topic=topic, certainty=certainty)
    assert listed() == [FELL]


def test_certainty_left_out_of_a_doubtful_sentence_is_asked_for_with_its_word(editor: User) -> None:
    draft(DOUBTED)
    line = SeenSentence.objects.get()
    with pytest.raises(
        seen_sentences.NoSuchClaim, match="as the source says: the sentence has “may”"
    ):
        make(line, editor, certainty="")
    assert listed() == [DOUBTED]
    assert make(line, editor, certainty="hedged").certainty == "hedged"


def test_topic_has_to_fit_the_kind_of_record(line: SeenSentence, editor: User) -> None:
    acts = Claim.objects.exclude(mechanism=None).get().mechanism
    assert acts is not None
    with pytest.raises(seen_sentences.NoSuchClaim, match="A claim about a mechanism is not on"):
        make(line, editor, acts, topic="monitoring")


def test_what_is_said_already_gains_the_passage(line: SeenSentence, editor: User) -> None:
    words = " ".join(FELL.split())
    there = Claim.objects.create(
        therapy=Therapy.objects.get(name="Ocrelizumab"),
        topic="safety", text=words, certainty="stated",
    )  # fmt: skip
    row = make(line, editor)
    assert row == there
    assert Evidence.objects.get(claim=there).passage.exact == FELL


def test_dismissed_line_does_not_come_back(editor: User) -> None:
    draft(FELL, BOTH)
    line = SeenSentence.objects.get(exact=FELL)
    assert seen_sentences.dismiss([line.pk], by=editor) == 1
    assert seen_sentences.dismiss([line.pk], by=editor) == 0
    assert draft(FELL, BOTH).listed == 0
    assert listed() == [BOTH]
    with pytest.raises(seen_sentences.NotListed, match="dismissed"):
        make(line, editor)


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
    row = make(line, editor)
    with pytest.raises(seen_sentences.NotListed, match="already"):
        make(line, editor)
    row.delete()
    draft(DEPLETES, FELL, TEA)
    line.refresh_from_db()
    assert (line.fate, line.claim, listed()) == ("claimed", None, [])


def test_line_is_back_when_the_draft_of_its_claim_is_discarded(
    line: SeenSentence, editor: User
) -> None:
    for row in (Source.objects.get(), *(c.mechanism for c in Claim.objects.all() if c.mechanism)):
        publish(row)
    record = publish(Therapy.objects.get(name="Ocrelizumab"))
    actions.revise(record, by=editor)
    make(line, editor)
    record.refresh_from_db()
    actions.discard(record, by=editor, digest=review.content_digest(record))
    assert listed() == [FELL]


def test_several_harms_of_one_sentence_are_proposals_of_their_own() -> None:
    assert draft(HARMS).drafted == 2
    harms = sorted(Proposal.objects.values_list("harm", flat=True))
    assert [harm.casefold() for harm in harms] == ["dizziness", "urticaria"]
    assert draft(HARMS).drafted == 0


def test_two_decisions_of_one_sentence_are_proposals_of_their_own() -> None:
    assert draft(DECISIONS).drafted == 2
    rows = Proposal.objects.order_by("pk")
    told = [(row.status, row.values["status_date"]) for row in rows]
    assert told == [("refused", "2010"), ("licensed", "2017")]
    assert draft(DECISIONS).drafted == 0


def test_harm_too_long_to_keep_and_harm_that_is_the_outcome_tell_no_two_apart() -> None:
    first = types.ProposedClaim("Ocrelizumab", "therapy", "safety", "stated", 0, 5, "words")

    def key(**values: str) -> Key:
        return key_of(replace(first, values=types.ClaimValues(**values)))

    assert key(harm="h" * 121) == key(harm="") == key()
    assert key(outcome="headache", harm="headache") == key(outcome="headache")
    assert key(harm="headache") != key()
