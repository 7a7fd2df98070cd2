"""Contents are told without ids and codes, and everywhere in the same words."""

from typing import Any

import pytest
from django.test import Client

from editorial import actions
from publication.difference import Group, told
from tests.building import claim, mechanism, person, publish, source_with_text, therapy
from tests.html import texts
from tests.workroom import page, signed_in, staff
from therapies.differences import SubjectWords, words_of

NAMES = {"m1": "B-cell depletion", "s1": "A title"}
Body = dict[str, Any]


def a_claim(**more: Any) -> Body:
    values = {"route": "", "mechanism": None}
    return {"id": "c1", "topic": "safety", "text": "It may help.", "values": values, **more}


def rows(before: Body, after: Body, record_type: str = "therapy") -> list[tuple[str, ...]]:
    """Heading, quoted text, label, old and new text of each difference."""
    kind = {"type": record_type}
    groups = told(kind | before, kind | after, words_of(record_type, NAMES))
    return [row for group in groups for row in flat(group)]


def flat(group: Group) -> list[tuple[str, ...]]:
    return [
        (
            group.heading,
            group.quoted,
            row.label,
            "".join(p.text for p in row.before),
            "".join(p.text for p in row.after),
        )
        for row in group.rows
    ]


def test_change_inside_a_claim_names_the_claim_by_its_text() -> None:
    before, after = {"claims": [a_claim()]}, {"claims": [a_claim(text="It does help.")]}
    assert rows(before, after) == [
        ("Claim changed", "It does help.", "text", "It may help.", "It does help.")
    ]


def test_new_claim_is_told_with_its_topic() -> None:
    assert rows({"claims": []}, {"claims": [a_claim()]}) == [
        ("Claim added", "", "claim", "", "Safety: It may help.")
    ]


def test_ids_and_codes_are_told_by_their_words() -> None:
    after = a_claim(values={"route": "oral", "mechanism": {"id": "m1"}})
    assert rows({"claims": [a_claim()]}, {"claims": [after]}) == [
        ("Claim changed", "It may help.", "route", "", "by mouth"),
        ("Claim changed", "It may help.", "mechanism", "", "B-cell depletion"),
    ]


def test_another_mechanism_is_told_by_name() -> None:
    one, other = (a_claim(values={"mechanism": {"id": public_id}}) for public_id in ("m1", "m2"))
    assert rows({"claims": [one]}, {"claims": [other]}) == [
        ("Claim changed", "It may help.", "mechanism", "B-cell depletion", "another mechanism")
    ]


def test_new_passage_is_told_by_its_quote_direction_and_source() -> None:
    evidence = {
        "id": "e1",
        "direction": "partly-supports",
        "source": {"id": "s1"},
        "passage": {"exact": "Words.", "prefix": ""},
    }
    before = {"claims": [a_claim(evidence=[])]}
    after = {"claims": [a_claim(evidence=[evidence])]}
    assert rows(before, after) == [
        (
            "Claim changed",
            "It may help.",
            "passage added",
            "",
            "“Words.” (partly supports, A title)",
        )
    ]


def test_record_s_own_fields_have_their_labels() -> None:
    safety = {"topic": "safety", "sources": ["a", "b"], "until": "2026-01-31"}
    status = {"topic": "status", "sources": ["a"], "until": "2026-02-01"}
    before = {"slug": "a", "member_of": None, "not_stated": [safety], "kind": "drug"}
    after = {"slug": "b", "member_of": {"id": "k", "name": "x"}, "not_stated": [safety, status],
             "kind": "procedure"}  # fmt: skip
    assert rows(before, after) == [
        ("The record", "", "address on this site", "a", "b"),
        ("The record", "", "class", "", "x"),
        (
            "The record",
            "",
            "not stated in the sources read",
            "Safety (2 sources, until 31 January 2026)",
            "Safety (2 sources, until 31 January 2026); Status (1 source, until 1 February 2026)",
        ),
        ("The record", "", "kind", "drug", "procedure"),
    ]


def test_source_s_fields_are_told_as_people_write_them() -> None:
    before: Body = {"authors": [{"family": "Okafor", "initials": "A."}], "doi": "", "readings": []}
    after = {
        "authors": [{"family": "Okafor", "initials": "A."}, {"family": "Ng", "given": "May"}],
        "doi": "10.1000/182",
        "readings": [{"id": "r1", "field": "pmid", "passage": {"exact": "PMID 7"}}],
    }
    assert rows(before, after, "source") == [
        ("The record", "", "authors", "Okafor A.", "Okafor A.; Ng, May"),
        ("The record", "", "DOI", "", "10.1000/182"),
        ("Where fields were read", "", "PubMed", "", "“PMID 7”"),
    ]


TEXT = "A source. Drug A depletes B cells. Drug A is taken by mouth."


@pytest.mark.django_db
def test_review_page_and_public_page_tell_a_change_in_the_same_words(client: Client) -> None:
    source = publish(source_with_text(TEXT))
    acts = mechanism("B-cell depletion")
    claim(acts, "Drug A depletes B cells.", source=source)
    publish(acts)
    record = therapy("Drug A", brands=["antibody"])
    row = claim(record, "Drug A depletes B cells.", source=source)
    publish(record)
    actions.revise(record, by=person("editor"))
    record.refresh_from_db()
    record.brands = ["anti-CD20 antibody"]
    record.save()
    row.acts_by, row.route, row.text = acts, "oral", "Drug A depletes many B cells."
    row.save()

    review = signed_in(staff("reviewer")).get(page(record, "review"))
    publish(record)
    public = client.get("/therapies/drug-a/diff/1/2/")

    found = [row for group in review.context["changes"] for row in group.rows]
    found += [row for line in review.context["lines"] for row in line.changes]
    told_to_editors = [row.label.split()[0].lower() for row in found]
    told_to_readers = [text.split()[0] for text in texts(public, "dt")][2:]  # after who and when
    assert sorted(told_to_editors) == sorted(told_to_readers)
    for words in ("by mouth", "B-cell depletion", "anti-CD20", *(row.label for row in found)):
        assert words.lower() in review.content.decode().lower()
        assert words in public.content.decode()


def test_words_have_no_place_for_what_is_not_shown() -> None:
    assert rows({"id": "a", "schema": 1}, {"id": "b", "schema": 2}) == []
    assert isinstance(words_of("mechanism", {}), SubjectWords)
