"""Lists of records: filters, pages, the past, and what is refused."""

import pytest
from django.test import Client

from editorial import actions
from sources.actions import set_standing
from sources.choices import Standing
from tests.building import claim, evidence, publish, source_with_text, therapy
from tests.html import attributes, links, texts
from tests.small_base import DEPLETES, RELAPSES, Base

pytestmark = pytest.mark.django_db

SOURCE = "therapies-of-multiple-sclerosis"


def more_therapies(base: Base, count: int) -> None:
    for number in range(count):
        drug = therapy(f"agent {number:02}", kind="supplement")
        claim(drug, DEPLETES, source=base.source, topic="research")
        publish(drug, editor=base.editor, reviewer=base.reviewer)


CLASS = "the id of the class"
# By list and parameter: values that find the one record, find nothing, are refused.
CASES: dict[str, dict[str, tuple[list[str], list[str], list[str]]]] = {
    "therapies": {
        "q": (["ocreli", "OCREVUS", "anti cd20", "beta-TEST"], ["x", "%"], ["x" * 201, "\x00"]),
        "class": ([CLASS], [], ["antibody", "Anti-CD20 antibody"]),
        "kind": (["drug"], ["procedure"], ["Drug", "action"]),
        "course": (["rrms"], ["ppms"], ["RRMS"]),
        "status": (["licensed"], ["refused"], ["approved"]),
        "route": (["infusion"], ["oral"], ["by mouth"]),
        "mechanism": (["b-cell-depletion"], [], ["unknown", SOURCE]),
        "source": ([SOURCE], [], ["unknown"]),
    },
    "mechanisms": {
        "q": (["b cell", "DEPLETION"], ["t cell"], ["x" * 201]),
        "kind": (["action"], ["disease-process"], ["drug"]),
        "target": (["B cells"], [], ["cells"]),
        "source": ([SOURCE], [], ["unknown"]),
    },
    "sources": {
        "q": (["multiple THERAPIES", "müller", "examples"], ["zzz"], ["x" * 201]),
        "kind": (["journal-review"], ["guideline"], ["drug"]),
        "standing": (["current"], ["retracted"], ["good"]),
        "year": (["2019"], ["2018"], ["19", "abcd", "20190", "2019.5"]),
    },
}


@pytest.mark.parametrize("plural", CASES)
def test_filters_find_miss_and_refuse(client: Client, base: Base, plural: str) -> None:
    name = {"therapies": "Ocrelizumab", "mechanisms": "B-cell depletion"}
    name["sources"] = "Therapies of multiple sclerosis"
    for parameter, (finding, missing, wrong) in CASES[plural].items():
        for value in finding:
            value = base.therapy.member_of.public_id if value == CLASS else value
            page = client.get(f"/{plural}/", {parameter: value})
            assert texts(page, "h2") == [name[plural]], (parameter, value)
        for value in missing:
            page = client.get(f"/{plural}/", {parameter: value})
            assert (page.status_code, texts(page, "h2")) == (200, []), (parameter, value)
            assert texts(page, "li", "empty")[0].startswith("No approved ")
        for value in wrong:
            page = client.get(f"/{plural}/", {parameter: value})
            assert (page.status_code, texts(page, "h2")) == (400, []), (parameter, value)
            assert len(texts(page, "ul", "errorlist")) == 1


def test_every_filter_is_tried(client: Client, base: Base) -> None:
    for plural, cases in CASES.items():
        page = client.get(f"/{plural}/")
        fields = [*attributes(page, "input"), *attributes(page, "select")]
        fields.remove(next(f for f in fields if f["name"] == "q"))  # on top of every page
        names = [str(field["name"]) for field in fields if field["name"] != "as_of"]  # at its foot
        assert sorted(names) == sorted(cases)


def test_unknown_and_empty_parameters_are_ignored(client: Client, base: Base) -> None:
    page = client.get("/therapies/", {"utm_source": "x", "kind": "", "q": ""})
    assert (page.status_code, texts(page, "h2")) == (200, ["Ocrelizumab"])


def test_list_shows_names_synonyms_and_count(client: Client, base: Base) -> None:
    page = client.get("/therapies/")
    assert texts(page, "p", "count") == ["1 therapy"]
    assert texts(page, "li", "row") == [
        "Ocrelizumab Also called anti-CD20 β-test Brand name Ocrevus "
        "Anti-CD20 antibody · drug · 4 approved claims"
    ]


def test_list_is_sorted_by_name_whatever_its_case(client: Client, base: Base) -> None:
    more_therapies(base, 2)
    assert texts(client.get("/therapies/"), "h2") == ["agent 00", "agent 01", "Ocrelizumab"]


def test_list_leaves_out_drafts_and_withdrawn_records(client: Client, base: Base) -> None:
    therapy("Secret draft")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get("/therapies/")
    assert texts(page, "p", "count") == ["0 therapies"]
    assert texts(page, "li", "row") == []


def test_filters_of_one_list_apply_together(client: Client, base: Base) -> None:
    both = {"course": "rrms", "status": "licensed"}
    assert texts(client.get("/therapies/", both), "h2") == ["Ocrelizumab"]
    assert texts(client.get("/therapies/", both | {"route": "oral"}), "h2") == []


def test_source_with_a_standing_is_marked_and_found_by_it(client: Client, base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    page = client.get("/sources/", {"standing": "retracted"})
    assert texts(page, "strong", "alert") == ["was retracted"]


def test_list_as_of_shows_and_offers_what_was_public_then(client: Client, base: Base) -> None:
    more_therapies(base, 1)
    page = client.get("/therapies/", {"as_of": "3"})
    assert texts(page, "h2") == ["Ocrelizumab"]
    assert "/therapies/ocrelizumab/?as_of=3" in links(page)
    hidden = [i for i in attributes(page, "input") if i["type"] == "hidden"]
    assert [(i["name"], i["value"]) for i in hidden] == [("as_of", "3")]
    assert texts(client.get("/therapies/", {"as_of": "2"}), "h2") == []
    page = client.get("/therapies/", {"as_of": "1", "mechanism": "b-cell-depletion"})
    assert page.status_code == 400


def test_long_list_comes_in_pages_that_keep_the_filters(client: Client, base: Base) -> None:
    more_therapies(base, 26)
    first = client.get("/therapies/", {"kind": "supplement"})
    assert texts(first, "p", "count") == ["26 therapies"]
    assert len(texts(first, "li", "row")) == 25
    assert texts(first, "nav", "pager") == ["Page 1 of 2 Next page"]
    (after,) = [a for a in links(first) if a.startswith("?") and "page=2" in a]
    second = client.get(f"/therapies/{after}")
    assert texts(second, "h2") == ["agent 25"]
    assert client.get("/therapies/", {"page": "3"}).status_code == 404
    for page in ("0", "-1", "x", "", "1.5", "9" * 30):
        assert client.get("/therapies/", {"page": page}).status_code == 400


@pytest.mark.parametrize(("plural", "queries"), [("therapies", 11), ("sources", 4)])
def test_list_costs_the_same_for_one_and_three(
    client: Client,
    base: Base,
    django_assert_num_queries: object,
    plural: str,
    queries: int,
) -> None:
    for more in (0, 2):
        more_therapies(base, more)
        for number in range(more):
            publish(source_with_text(f"Text {number}.", title=f"Source {number}"))
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(f"/{plural}/")


def test_list_says_what_rests_only_on_a_retracted_source(client: Client, base: Base) -> None:
    other = publish(source_with_text(f"Another text. {RELAPSES}", title="Another text"))
    drug = actions.revise(base.therapy, by=base.editor)
    evidence(drug.claims.get(topic="outcome"), RELAPSES, source=other)
    publish(drug)
    said = "3 of them rest only on a retracted or withdrawn source"
    assert said not in texts(client.get("/therapies/"), "li", "row")[0]
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    assert said in texts(client.get("/therapies/"), "li", "row")[0]
    assert "1 of them rests only on" in texts(client.get("/mechanisms/"), "li", "row")[0]
    assert said not in texts(client.get("/therapies/", {"as_of": "5"}), "li", "row")[0]
