"""The sentence that says what an entry changed, from two contents."""

from typing import Any

import pytest

from publication.present import present
from therapies.what_changed import Resting, first, later, marked, withdrawn

Body = dict[str, Any]


def claim(number: int, text: str, *sources: str, topic: str = "safety", **more: Any) -> Body:
    certainty = more.pop("certainty", "stated")
    passage = {"direction": "supports", "passage": {"exact": text}}
    evidence = [{"id": f"e{number}{s}", "source": {"id": s}, **passage} for s in sources or ("s1",)]
    made = {"id": f"c{number}", "topic": topic, "text": text, "certainty": certainty}
    return made | {"values": more, "evidence": evidence}


def drug(*claims: Body, **more: Any) -> Body:
    made = {"schema": 1, "type": "therapy", "id": "t1", "slug": "drug", "name": "Drug"}
    return present({**made, "kind": "drug", "claims": list(claims), **more})


def work(**more: Any) -> Body:
    made = {"schema": 1, "type": "source", "id": "s1", "slug": "work", "name": "Work"}
    return present({**made, "kind": "label", "title": "Work", **more})


PML = claim(1, "It caused PML.", harm="PML")
DISPUTED = claim(8, "It caused flu.", "s1", "s9")
DISPUTED["evidence"][1]["direction"] = "disputes"
RASH = claim(2, "Rash was seen.", harm="rash")
RELAPSES = claim(3, "It cut relapses.", "s2", topic="outcome", outcome="relapse rate")


def test_first_version_counts_statements_and_sources() -> None:
    assert str(first(drug(PML, RASH, RELAPSES))) == "New: Drug, 3 statements from 2 sources."
    assert str(first(drug(PML))) == "New: Drug, 1 statement from 1 source."
    doubted = str(first(drug(claim(1, "It caused PML.", "s1"), DISPUTED)))
    assert doubted == "New: Drug, 2 statements from 1 source."
    assert str(first(drug())) == "New: Drug, no statement yet."


def test_sentence_of_two_claims_is_one_statement_as_on_the_page() -> None:
    twice = claim(4, "It caused PML.", harm="infection")
    assert str(first(drug(PML, twice))) == "New: Drug, 1 statement from 1 source."


def test_new_source_says_what_it_is() -> None:
    assert str(first(work(date="2018-02"))) == "New source: Work (drug label, February 2018)."
    assert str(first(work())) == "New source: Work (drug label)."


DOUBTED = {**PML, "text": "It caused PML, they say."}
DOUBTED["evidence"] = [
    *PML["evidence"],
    {**PML["evidence"][0], "id": "e9", "direction": "disputes"},
]
FALLS = claim(5, "Falls were seen.", harm="falls")
FLU = claim(6, "Flu was seen.", harm="flu")
ABSENCE = {"topic": "status", "sources": ["s1"], "until": "2026-01-01"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (drug(PML), drug(PML, RASH), "1 statement added on safety (rash)"),
        (drug(), drug(PML, RASH, FALLS), "3 statements added on safety (PML, rash and falls), "
                                         "1 source added"),
        (drug(PML), drug(PML, RASH, RELAPSES), "2 statements added (1 on safety, 1 on its effects)"
                                               ", 1 source added"),
        (drug(PML, RELAPSES), drug(PML), "1 statement taken out on its effects (relapse rate), "
                                         "1 source no longer cited"),
        (drug(PML), drug({**PML, "text": "It may cause PML."}), "1 statement reworded"),
        (drug(PML), drug({**PML, "text": "It caused  PML"}), "1 statement reworded"),
        (drug(PML), drug({**PML, "text": "It did not cause PML.", "certainty": "negated"}),
         "1 statement reworded and changed in certainty (now denied; was stated)"),
        (drug(PML), drug(PML, claim(7, "It caused PML.", harm="flu")),
         "1 statement changed in values"),
        (drug(PML, claim(7, "It caused PML.", harm="flu")), drug(PML),
         "1 statement changed in values"),
        (drug(PML), drug(DOUBTED), "1 statement reworded and changed in passages"),
        (drug(PML), drug({**PML, "certainty": "hedged"}), "1 statement changed in certainty "
                                                         "(now not sure; was stated)"),
        (drug(RELAPSES), drug({**RELAPSES, "certainty": "intended", "values": {}}),
         "1 statement changed in certainty and values (now an aim; was stated)"),
        (drug(PML, RASH), drug({**PML, "certainty": "hedged"}, {**RASH, "certainty": "negated"}),
         "2 statements changed in certainty"),
        (drug(PML), drug({**PML, "values": {"harm": "x" * 99}}),
         "1 statement changed in values"),
        (drug(PML), drug({**PML, "values": {"harm": "PML", "serious": True}}),
         "1 statement changed in values (now marked as serious)"),
        (drug(PML), drug({**PML, "values": {"harm": "PML", "frequency": "2%"}}),
         "1 statement changed in values (how often now 2%; was not said)"),
        (drug(PML), drug(claim(1, PML["text"], "s1", "s2", harm="PML")),
         "1 statement changed in passages, 1 source added"),
        (drug(PML), drug({**PML, "id": "c9"}, FLU), "1 statement added on safety (flu)"),
        (drug(PML, RASH), drug({**PML, "text": "PML came."}, FLU),
         "1 statement added on safety (flu), 1 reworded, 1 taken out on safety (rash)"),
        (drug(PML), drug(PML, brands=["Brand"]), "brand names added"),
        (drug(PML), drug(PML, kind="procedure", synonyms=["Other"]),
         "kind changed, synonyms added"),
        (drug(PML, slug="old"), drug(PML), "address on this site changed"),
        (drug(PML), drug(PML, name="Drug two"), "renamed, before “Drug”"),
        (drug(PML), drug(PML, not_stated=[ABSENCE]),
         "noted that its sources do not state status"),
        (drug(PML, RASH), drug(RASH, PML), "details changed"),
        (drug(PML), drug(PML), "approved again, its content the same"),
        (work(), work(doi="10.1000/1", date="2018"), "date added, DOI added"),
        (work(date="2017"), work(date="2018"), "date changed"),
    ],
)  # fmt: skip
def test_later_version_says_what_differs(before: Body, after: Body, said: str) -> None:
    told = later(before, after)
    assert (told.lead, told.rest) == (after["name"], said)


def test_version_after_a_withdrawal_says_that_it_is_public_again() -> None:
    assert later(drug(PML), drug(PML), again=True).rest == "public again"
    assert later(drug(PML), drug(PML, RASH), again=True).rest.startswith(
        "public again, 1 statement"
    )


def test_many_are_named_in_part() -> None:
    harms = [claim(n, f"Harm {n}.", harm=f"harm {n}") for n in range(9)]
    assert later(drug(), drug(*harms)).rest.startswith(
        "9 statements added on safety (harm 0, harm 1, harm 2 and 6 others)"
    )


def test_withdrawal_says_why_in_one_line() -> None:
    assert str(withdrawn("Drug", "All\n wrong.")) == "Drug: withdrawn, because “All wrong.”"
    assert str(withdrawn("Drug", "x" * 999)).endswith("x…”")
    assert str(withdrawn("Drug", "")) == "Drug: withdrawn."


@pytest.mark.parametrize(
    ("resting", "said"),
    [
        ([Resting("Ocrelizumab", 2), Resting("Fingolimod", 1)],
         "3 statements on Ocrelizumab and Fingolimod rest on it alone."),
        ([Resting("Fingolimod", 1, 2)],
         "1 statement on Fingolimod rests on it alone; 2 more rest on it beside others."),
        ([Resting("Fingolimod", 1), Resting("Ocrelizumab", 0, 1)],
         "1 statement on Fingolimod rests on it alone; 1 more on Ocrelizumab rests on it beside "
         "others."),
        ([Resting("Fingolimod", 0, 1)], "1 statement on Fingolimod rests on it beside others."),
        ([], "no public statement rests on it."),
    ],
)  # fmt: skip
def test_mark_says_what_rests_on_the_source(resting: list[Resting], said: str) -> None:
    told = marked("Work", "retracted", resting)
    assert str(told) == f"The source “Work” was marked as retracted: {said}"


def test_lifted_mark_says_no_more() -> None:
    told = marked("Work", "current", [Resting("Drug", 1)])
    assert str(told) == "The source “Work” was marked as current again."
