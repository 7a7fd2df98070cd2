"""What is found, on both databases: at any entry, whatever is typed, and after a rebuild."""

import pytest
from django.core.management import call_command

from editorial import actions
from publication import log, verify
from publication.search.looking import begin, look, rows
from publication.search.tables import Findable, KnownWord
from tests.building import claim, publish, source_with_text, therapy
from tests.small_base import DEPLETES, RELAPSES, Base, later

pytestmark = pytest.mark.django_db

KINDS = ("therapy", "mechanism", "statement", "source")


def found(text: str, seq: int | None = None) -> dict[str, list[str]]:
    """By kind, the titles in order, of the kinds of which anything is found."""
    ids = look(text, KINDS, log.head_seq() if seq is None else seq).ids
    return {kind: [row.title for row in rows(some)] for kind, some in ids.items() if some}


@pytest.mark.parametrize(
    "text", ["ocrelizumab", "OCREVUS", "ocrel", "anti-CD20 beta test", "L04AG08", "rhuMAb 2H7"]
)
def test_a_therapy_is_found_by_its_names_and_by_the_vocabulary_s(base: Base, text: str) -> None:
    assert found(text)["therapy"] == ["Ocrelizumab"]


def test_each_kind_is_found(base: Base) -> None:
    assert found("B cells") == {
        "mechanism": ["B-cell depletion"],
        "statement": [DEPLETES, DEPLETES],
    }
    assert found("ARR") == {"statement": [RELAPSES]}  # as the vocabulary calls it too
    assert found("RRMS relapse") == {"statement": [RELAPSES]}
    assert found("Muller") == {"source": [base.source.title]}
    assert found("10.1000/182") == {"source": [base.source.title]}


def test_a_slip_of_the_hand_is_seen(base: Base) -> None:
    for text in ("ocrelizmab", "ocrleizumab", "okrelizumab"):
        answer = look(text, KINDS, log.head_seq())
        assert answer.instead == {text: "ocrelizumab"}
        assert [row.title for row in rows(answer.ids["therapy"])] == ["Ocrelizumab"]
    answer = look("ocrevis relapses", KINDS, log.head_seq())
    assert answer.instead == {"ocrevis": "ocrevus"}
    assert [row.title for row in rows(answer.ids["statement"])] == [RELAPSES]


def test_what_cannot_be_found_whole_is_found_in_part_and_said(base: Base) -> None:
    answer = look("ocrelizumab zzzzzzzz", KINDS, log.head_seq())
    assert (answer.left_out, answer.some) == (("zzzzzzzz",), False)
    assert answer.ids["therapy"]
    answer = look("muller infusion", KINDS, log.head_seq())
    assert (answer.left_out, answer.some, bool(answer.number)) == ((), True, True)
    assert look("zzzzzzzz", KINDS, log.head_seq()).number == 0


def test_who_is_named_in_the_middle_of_a_question_is_found(base: Base) -> None:
    answer = look("why is Ocrevus given as an infusion", KINDS, log.head_seq())
    assert answer.hold
    assert [row.title for row in rows(answer.ids["therapy"])] == ["Ocrelizumab"]


def test_every_entry_has_its_own_answers(base: Base) -> None:
    before = {seq: found("ocrelizumab", seq) for seq in range(log.head_seq() + 1)}
    assert [bool(answer) for answer in before.values()] == [False, False, True, True]
    later(base)
    assert {seq: found("ocrelizumab", seq) for seq in before} == before
    assert found("ocrelizumab")["therapy"] == ["Ocrelizumab iv"]
    assert "mechanism" not in found("B cells")  # withdrawn since
    assert look("sayz", KINDS, 3).instead is None  # a word that nothing had by then
    assert look("sayz so", KINDS, log.head_seq()).instead == {"sayz": "says"}


def test_a_rebuild_finds_the_same_and_verify_does_not_compare(base: Base) -> None:
    before = list(Findable.objects.order_by("id").values())
    known = list(KnownWord.objects.order_by("word").values())
    call_command("rebuild", verbosity=0)
    assert list(Findable.objects.order_by("id").values()) == before
    assert list(KnownWord.objects.order_by("word").values()) == known
    assert found("ocrevus")["therapy"] == ["Ocrelizumab"]
    Findable.objects.filter(kind="therapy").update(known_as="Other", known="other")
    assert list(verify.read_models(verify.unwatched)) == []


def test_a_row_that_goes_is_not_found(base: Base) -> None:
    Findable.objects.filter(kind="therapy").delete()
    assert "therapy" not in found("ocrelizumab")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\0", '"', "'", "''", '" OR "', "NOT", "AND", "NEAR(a b)", "a*", "*", "words:x"),
        *("@therapy", "#ocrelizumab", "ocrelizumab & | !", "'x':*", "%", "_", "\\", "a" * 5_000),
        *("-ocrelizumab", "^ocr", "{", "(" * 99, "β" * 60, "日本語", "🧬", "ﬁ ½ ²", "x' --"),
    ],
)
def test_any_text_has_an_answer(base: Base, text: str) -> None:
    look(text, KINDS, log.head_seq())
    begin(text, ("therapy",), log.head_seq(), 8)


def test_names_are_offered_while_someone_types(base: Base) -> None:
    seq = log.head_seq()
    for typed in ("oc", "Ocrev", "anti-cd20 b", "rhumab"):
        assert [row.title for row in rows(begin(typed, ("therapy",), seq, 8))] == ["Ocrelizumab"]
    assert begin("o", ("therapy",), seq, 8) == []


def test_the_newest_of_a_kind_are_ranked_and_the_name_is_found(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publication.search.looking.MOST", 2)
    for number in range(4):
        drug = therapy(f"Ocrelizumab {number}")
        source = source_with_text(f"{drug.name} works.", title=f"On {drug.name}")
        publish(source)
        claim(drug, f"{drug.name} works.", source=source)
        publish(drug)
    answer = look("ocrelizumab", KINDS, log.head_seq())
    assert "therapy" in answer.more
    assert [row.title for row in rows(answer.ids["therapy"])] == [
        "Ocrelizumab",
        "Ocrelizumab 2",
        "Ocrelizumab 3",
    ]


def test_a_withdrawn_record_is_found_no_more(base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert "therapy" not in found("ocrelizumab")
    assert found("ocrelizumab").get("statement") == [DEPLETES]  # of the mechanism
