"""The vocabulary: it reads, it is sound, and it can be added to."""

from dataclasses import replace

import pytest

from extraction.names.vocabulary import CourseEntry, OutcomeEntry, TherapyEntry
from therapies.vocabulary import lint, load


def test_vocabulary_has_no_faults() -> None:
    assert lint(load()) == []


def test_one_name_in_two_spellings_is_a_fault() -> None:
    entries = (TherapyEntry("IFN-β1a", "drug"), TherapyEntry("ifn beta 1a", "drug"))
    found = lint(replace(load(), therapies=entries))
    assert "'ifn beta 1a' names both therapy IFN-β1a and therapy ifn beta 1a" in found


def test_load_reads_the_file_once() -> None:
    assert load() is load()


def test_therapy_is_found_whatever_its_case() -> None:
    entry = load().therapy("GLATIRAMER acetate")
    assert entry is not None
    assert (entry.name, entry.kind, dict(entry.identifiers)) == (
        "Glatiramer acetate",
        "drug",
        {"ATC": "L03AX13"},
    )


def test_synonym_is_no_canonical_name() -> None:
    assert load().therapy("Copaxone") is None


def test_outcome_and_course_carry_their_codes() -> None:
    outcome, course = load().outcome("Relapse rate"), load().course("Relapsing-remitting MS")
    assert outcome is not None
    assert course is not None
    assert (outcome.topic, outcome.good, course.code) == ("outcome", "less", "rrms")


def test_mechanism_of_a_composed_name_has_target_and_effect() -> None:
    entry = load().mechanism("Depletion of plasma cells")
    assert entry is not None
    assert (entry.kind, entry.target, entry.effect) == ("action", "plasma cells", "depletes")


def test_disease_process_is_told_from_action() -> None:
    entry = load().mechanism("Involvement of astrocytes")
    assert entry is not None
    assert entry.kind == "disease-process"


def test_unknown_name_has_no_entry() -> None:
    assert load().mechanism("Depletion of teapots") is None


def test_added_synonyms_join_their_entry() -> None:
    vocabulary = load().with_synonyms({("therapy", "natalizumab"): ["NTZ-1", "Tysabri"]})
    entry, before = vocabulary.therapy("Natalizumab"), load().therapy("Natalizumab")
    assert entry is not None
    assert before is not None
    assert entry.synonyms == (*before.synonyms, "NTZ-1")


def test_added_name_not_known_yet_becomes_an_entry() -> None:
    vocabulary = load().with_synonyms({("therapy", "Newmab"): ["NM-1"]})
    assert vocabulary.therapy("Newmab") == TherapyEntry("Newmab", "approach", synonyms=("NM-1",))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (
            TherapyEntry("Newmab", "drug", synonyms=("Tysabri",)),
            "'Tysabri' names both therapy Natalizumab and therapy Newmab",
        ),
        (TherapyEntry("Newmab", "potion"), "Newmab: unknown kind 'potion'"),
        (
            TherapyEntry("Newmab", "drug", identifiers={"ATC": "L4"}),
            "Newmab: malformed ATC code 'L4'",
        ),
    ],
)
def test_lint_names_the_fault_of_a_therapy(entry: TherapyEntry, fault: str) -> None:
    vocabulary = load()
    assert lint(replace(vocabulary, therapies=(*vocabulary.therapies, entry))) == [fault]


def test_lint_names_unknown_codes() -> None:
    vocabulary = load()
    changed = replace(
        vocabulary,
        outcomes=(*vocabulary.outcomes, OutcomeEntry("Luck", "outcome", "plenty")),
        courses=(*vocabulary.courses, CourseEntry("Odd MS", "odd")),
    )
    assert lint(changed) == ["Luck: unknown topic or direction", "Odd MS: unknown code 'odd'"]
