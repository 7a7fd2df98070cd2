"""Sources in the API: what they state, where it was read, and what became of them."""

from urllib.parse import quote

import pytest

from editorial import actions
from sources.actions import set_standing
from sources.api.filters import SourceFilterSet
from sources.choices import Standing
from tests.building import publish, source_with_text
from tests.openapi import NO_FILTERS, find_operation, names, problems, read
from tests.small_base import TEXT, TITLE, Base

pytestmark = pytest.mark.django_db

PATH = "sources/therapies-of-multiple-sclerosis/"


def test_source_shows_what_it_states_and_where_that_was_read(base: Base) -> None:
    record = read(PATH)
    assert {
        name: record[name]
        for name in ("title", "kind", "authors", "author_names", "date", "date_precision", "doi")
    } == {
        "title": TITLE,
        "kind": "journal-review",
        "authors": [{"family": "Müller", "given": None, "initials": "A", "affiliations": []}],
        "author_names": ["Müller A"],
        "date": "2019",
        "date_precision": "year",
        "doi": "10.1000/182",
    }
    document = base.source.documents.get()
    assert record["documents"] == [
        {
            "sha256": document.sha256,
            "encoding": "utf-8",
            "size": len(TEXT.encode()),
            "text": None,
            "withheld": "The source states no licence that lets us show it.",
            "reader": None,
            "text_sha256": None,
            "page_count": None,
        }
    ]
    (reading,) = record["readings"]
    assert (reading["field"], reading["passage"]["exact"]) == ("title", TITLE)
    (judgement,) = reading["judgements"]
    assert judgement["by"] == "Rob Reviewer"
    assert judgement["pair"] == read("log/1/")["judgements"][0]["pair"]


def test_source_shows_text_and_abstract_where_its_licence_lets_us() -> None:
    text = "Open.\r\n\u200bIt is 😀 open."
    fields = {"licence": "CC-BY-4.0", "abstract": "It is open."}
    publish(source_with_text(text, title="Open", **fields))
    record = read("sources/open/")
    assert (record["licence"], record["abstract"]) == ("CC-BY-4.0", "It is open.")
    (document,) = record["documents"]
    assert (document["text"], document["withheld"]) == (text, None)
    passage = record["readings"][0]["passage"]
    assert document["text"][passage["start"] : passage["end"]] == passage["exact"] == "Open"
    kept = read("sources/open/versions/1/")["content"]
    assert kept["documents"][0]["text"] == text
    publish(source_with_text("Closed.", title="Closed", licence="all-rights-reserved"))
    record = read("sources/closed/")
    assert (record["licence"], record["abstract"]) == ("all-rights-reserved", None)
    assert [(document["text"], document["withheld"]) for document in record["documents"]] == [
        (None, "The licence that the source states does not let us show it.")
    ]


def test_source_that_states_nothing_is_served() -> None:
    publish(source_with_text("x", title="Bare"))
    record = read("sources/bare/")
    assert (record["date"], record["number_of_pages"], record["readings"]) == (None, None, [])


def test_retraction_marks_the_source_and_every_claim_on_it(base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice 7.")
    record = read(PATH)
    assert (record["standing"], record["standing_note"], record["marks"]) == (
        "retracted",
        "Notice 7.",
        ["retracted"],
    )
    then = read(f"{PATH}?as_of=3")
    assert (then["standing"], then["marks"]) == ("current", ["retracted"])
    for path in ("claims/", "claims/?as_of=3"):
        for claim in read(path)["results"]:
            assert claim["marks"] == ["source-retracted"]
            assert claim["evidence"][0]["source"]["marks"] == ["retracted"]
    cited = read("claims/")["results"][0]["evidence"][0]["source"]
    assert cited == {
        "type": "source",
        "id": base.source.public_id,
        "slug": base.source.slug,
        "name": TITLE,
        "url": f"http://testserver/{PATH}",
        "api_url": f"http://testserver/api/v1/sources/{base.source.public_id}/",
        "marks": ["retracted"],
        **{name: record[name] for name in CITED_BY},
    }
    for path in ("therapies/", "mechanisms/", "therapies/ocrelizumab/", "therapies/?as_of=3"):
        answer = read(path)
        (shown,) = answer.get("results", [answer])
        assert shown["marks"] == ["source-retracted"], path
    for kind in ("therapies/ocrelizumab", "mechanisms/b-cell-depletion"):
        assert read(f"{kind}/versions/1/")["marks"] == ["source-retracted"]
        assert read(f"{kind}/versions/")["results"][0]["marks"] == ["source-retracted"]


CITED_BY = (
    *("kind", "author_names", "container_title", "date", "year", "doi", "pmid", "work_url"),
    "standing",
)


def test_withdrawal_marks_every_claim_on_the_source(base: Base) -> None:
    actions.withdraw(base.source, by=base.reviewer, note="Not ours to show.")
    for claim in read("claims/")["results"]:
        assert claim["marks"] == ["source-withdrawn"]
        source = claim["evidence"][0]["source"]
        assert (source["name"], source["standing"], source["marks"]) == (
            TITLE,
            "current",
            ["withdrawn"],
        )


FOUND = {
    "q": ["therapies SCLEROSIS", "Müller", "journal of ex", "multiple examples"],
    "kind": ["journal-review"],
    "standing": ["current"],
    "year": ["2019"],
    "doi": ["10.1000/182", "https://doi.org/10.1000/182", "doi:10.1000/182"],
    "pmid": [],
    "registry_id": [],
    "licence": [],
    "date_from": ["2018-12-31", "2019", "2019-06"],
    "date_until": ["2019-01", "2020"],
    "id": [],
    "approved_after": ["0", "2020-01-01"],
    "approved_until": ["1"],
    "overdue": ["false"],
}
NOT_FOUND = {
    "q": ["therapies of nothing", "%", "_"],
    "kind": ["label"],
    "standing": ["retracted", "corrected"],
    "year": ["2018"],
    "doi": ["10.1000/183"],
    "pmid": ["12345"],
    "registry_id": ["NCT01234567"],
    "licence": ["CC-BY-4.0"],
    "date_from": ["2020", "2020-01"],
    "date_until": ["2018", "2018-12-31"],
    "id": [],
    "approved_after": ["1"],
    "approved_until": ["0"],
    "overdue": ["true"],
}
REFUSED = {
    "q": ["x" * 201],
    "kind": ["Journal", "drug"],
    "standing": ["fine"],
    "year": ["19", "20190", "x", "2019.5", "-2019", "1e3000"],
    "doi": ["182", "10.1000"],
    "pmid": ["x" * 201],
    "registry_id": ["x" * 201],
    "licence": ["cc-by"],
    "date_from": ["19", "2019-13", "2019-1-1"],
    "date_until": ["2019-02-32"],
    "id": ["unknown", "a,,b"],
    "approved_after": ["4", "soon"],
    "approved_until": ["-1"],
    "overdue": ["1"],
}


def test_every_filter_is_documented_and_tried() -> None:
    declared = {p["name"] for p in find_operation("/api/v1/sources/")["parameters"]}
    filters = set(SourceFilterSet.base_filters)
    assert declared - NO_FILTERS == filters
    assert set(FOUND) == set(NOT_FOUND) == set(REFUSED) == filters


def test_filters_find_and_refuse(base: Base) -> None:
    for name, values in FOUND.items():
        assert [names(f"sources/?{name}={quote(v)}") for v in values] == [[TITLE]] * len(values)
    for name, values in NOT_FOUND.items():
        assert [names(f"sources/?{name}={quote(v)}") for v in values] == [[]] * len(values)
    for name, values in REFUSED.items():
        for value in values:
            assert list(problems(f"sources/?{name}={quote(value)}")) == [name]


def test_filters_read_the_state_asked_for(base: Base) -> None:
    set_standing(base.source, standing=Standing.CORRECTED, by=base.reviewer, note="Erratum.")
    assert names("sources/?standing=corrected") == [TITLE]
    assert names("sources/?standing=corrected&as_of=3") == []
    assert names("sources/?standing=current&as_of=3") == [TITLE]
