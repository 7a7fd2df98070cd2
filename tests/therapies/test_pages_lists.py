"""Lists of records: what narrows them, what a line says, pages, the past, and what is refused."""

from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from editorial import actions
from sources.actions import set_standing
from sources.choices import Standing
from sources.narrowing import SOURCES
from tests.building import claim, evidence, mechanism, publish, source_with_text, therapy
from tests.html import attributes, links, texts
from tests.openapi import names as in_api
from tests.openapi import problems
from tests.small_base import DEPLETES, RELAPSES, Base
from therapies.narrowing import MECHANISMS, THERAPIES

pytestmark = pytest.mark.django_db

SOURCE = "therapies-of-multiple-sclerosis"


def lines(page: HttpResponse) -> list[str]:
    """What each line of a list says, without the box to compare it."""
    return [said.partition(" Compare ")[0] for said in texts(page, "li", "row")]


def more_therapies(base: Base, count: int) -> None:
    for number in range(count):
        drug = therapy(f"agent {number:02}", kind="supplement")
        claim(drug, DEPLETES, source=base.source, topic="research", acts_by=base.mechanism)
        publish(drug, editor=base.editor, reviewer=base.reviewer)


def listed(client: Client, address: str) -> list[str]:
    """The names on a list."""
    page = client.get(address)
    assert page.status_code == 200, address
    return [row["row"].name for part in page.context["parts"] for row in part.rows]


CLASS = "the id of the class"
# What every list takes: all is approved by entry 3.
EVERY: dict[str, tuple[list[str], list[str], list[str]]] = {
    "id": ([], [], ["unknown", "a,"]),
    "approved_after": (["0"], ["3"], ["4", "soon"]),
    "approved_until": (["3"], ["0"], ["4"]),
    "overdue": (["false"], ["true"], ["yes"]),
}
# By list and parameter: values that find the one record, find nothing, are refused.
CASES: dict[str, dict[str, tuple[list[str], list[str], list[str]]]] = {
    "therapies": {
        "q": (["ocreli", "OCREVUS", "anti cd20", "beta-TEST"], ["x", "%"], ["x" * 201, "\x00"]),
        "class": ([CLASS, "anti-CD20 ANTIBODY"], ["ocrelizumab"], ["antibody", "x" * 201, "\x00"]),
        "kind": (["drug"], ["procedure"], ["Drug", "action", "\x00"]),
        "course": (["rrms"], ["ppms"], ["RRMS"]),
        "status": (["licensed"], ["refused"], ["approved"]),
        "route": (["infusion"], ["oral"], ["by mouth"]),
        "outcome": (["annualised relapse rate", "Annualised-Relapse RATE"], ["rate"], ["x" * 201]),
        "effect_direction": (["better"], ["worse"], ["good"]),
        "harm": ([], ["infections"], ["x" * 201]),
        "mechanism": (["b-cell-depletion"], [], ["unknown", SOURCE]),
        "target": (["B cells", "b-CELLS"], ["cells"], ["x" * 201]),
        "source": ([SOURCE], [], ["unknown"]),
        "source_kind": (["journal-review"], ["label"], ["review"]),
        "topic": (["outcome"], ["safety"], ["Outcome"]),
        "certainty": (["hedged"], ["negated"], ["sure"]),
        "identifier": (["ATC:L04AG08"], ["ATC:L04AG09"], ["L04AG08"]),
        **EVERY,
    },
    "mechanisms": {
        "q": (["b cell", "DEPLETION"], ["t cell"], ["x" * 201]),
        "kind": (["action"], ["disease-process"], ["drug"]),
        "target": (["B cells"], ["cells"], ["x" * 201]),
        "effect": (["Depletes"], ["blocks"], ["x" * 201]),
        "source": ([SOURCE], [], ["unknown"]),
        "source_kind": (["journal-review"], ["label"], ["review"]),
        "acts_in": ([], ["blood"], ["x" * 201]),
        "broader": ([], ["b-cell-depletion"], ["unknown"]),
        "topic": (["mechanism"], ["outcome"], ["Mechanism"]),
        "certainty": (["stated"], ["hedged"], ["sure"]),
        **EVERY,
    },
    "sources": {
        "q": (["multiple THERAPIES", "müller", "examples"], ["zzz"], ["x" * 201]),
        "kind": (["journal-review"], ["guideline"], ["drug"]),
        "standing": (["current"], ["retracted"], ["good"]),
        "year": (["2019"], ["2018"], ["19", "abcd", "20190", "2019.5", "0019"]),
        "doi": (["10.1000/182", "https://doi.org/10.1000/182"], ["10.1000/183"], ["182"]),
        "pmid": ([], ["1"], ["x" * 201]),
        "registry_id": ([], ["NCT01"], ["x" * 201]),
        "licence": ([], ["CC-BY-4.0"], ["cc"]),
        "date_from": (["2018", "2019", "2019-05"], ["2020"], ["19", "2019-13", "2019-01-32"]),
        "date_until": (["2019", "2019-01-01", "2020"], ["2018-12"], ["soon"]),
        **EVERY,
    },
}
DECLARED = {"therapies": THERAPIES, "mechanisms": MECHANISMS, "sources": SOURCES}


@pytest.mark.parametrize("plural", CASES)
def test_filters_find_miss_and_refuse_and_the_api_says_the_same(
    client: Client, base: Base, plural: str
) -> None:
    name = {"therapies": "Ocrelizumab", "mechanisms": "B-cell depletion"}
    name["sources"] = "Therapies of multiple sclerosis"
    assert {"q", *DECLARED[plural].by_name} == set(CASES[plural])
    for parameter, (finding, missing, wrong) in CASES[plural].items():
        for value in finding:
            value = base.therapy.member_of.public_id if value == CLASS else value
            address = f"{plural}/?{parameter}={value}"
            assert listed(client, f"/{address}") == in_api(address) == [name[plural]], address
        for value in missing:
            page = client.get(f"/{plural}/", {parameter: value})
            assert (page.status_code, texts(page, "li", "row")) == (200, []), (parameter, value)
            assert texts(page, "div", "empty")[0].startswith("No approved ")
        for value in wrong:
            page = client.get(f"/{plural}/", {parameter: value})
            assert (page.status_code, texts(page, "li", "row")) == (400, []), (parameter, value)
            assert texts(page, "title")[0].startswith("Error: ")
            assert len(texts(page, "div", "warning")) == 1


def test_misspelled_value_says_what_was_meant(client: Client, base: Base) -> None:
    said = texts(client.get("/therapies/?route=By mouth&kind=drug"), "div", "warning")[0]
    assert "Route: “By mouth”. This is not one of the choices. Did you mean “oral”?" in said


def test_so_many_values_are_refused_here_and_there(client: Client, base: Base) -> None:
    asked = "&".join(f"class=x{number}" for number in range(21))
    assert "Class. Give at most 20 values." in texts(
        client.get(f"/therapies/?{asked}"), "div", "warning"
    )[0]  # fmt: skip
    known = "&".join(f"outcome=x{number}" for number in range(21))
    assert problems(f"therapies/?{known}") == {"outcome": "Give at most 20 values."}


def test_unknown_parameters_are_said_and_empty_ones_are_not(client: Client, base: Base) -> None:
    page = client.get("/therapies/", {"colour": "x", "kind": "", "q": " ", "page": "1"})
    assert (page.status_code, texts(page, "h3")) == (200, ["Ocrelizumab"])
    assert texts(page, "p", "note") == [
        "There is no filter “colour” here; it was left out of account."
    ]


def test_line_says_what_it_does_and_how_that_is_supported(client: Client, base: Base) -> None:
    page = client.get("/therapies/")
    assert texts(page, "p", "count") == ["1 therapy"]
    assert lines(page) == [
        "Ocrelizumab Brand name Ocrevus · Also called anti-CD20 β-test · Anti-CD20 antibody · drug "
        "Not sure: annualised relapse rate (relapsing-remitting MS). Acts by: B-cell depletion. "
        "4 statements · 1 source"
    ]
    assert texts(client.get("/mechanisms/"), "li", "row") == [
        "B-cell depletion mechanism of action Acts on: B cells. Effect: depletes. "
        "1 therapy acts by it · 1 statement · 1 source"
    ]
    assert texts(client.get("/sources/"), "li", "row") == [
        "Therapies of multiple sclerosis Müller A, Journal of Examples, 2019 "
        "journal review · 5 statements about 2 records rest on it"
    ]


def test_line_sums_up_what_sound_undisputed_statements_say(client: Client, base: Base) -> None:
    text = "Fewer relapses. It slows. It tires. One had PML. It is swallowed. It may be injected."
    source = publish(source_with_text(text, title="Said"))
    drug = therapy("Agent", kind="drug")
    outcome = {"source": source, "topic": "outcome"}
    claim(drug, "Fewer relapses.", outcome="Relapses", effect_direction="better", **outcome)
    slows = claim(drug, "It slows.", outcome="Mobility", effect_direction="worse", **outcome)
    evidence(slows, "It tires.", source=source, direction="disputes")
    claim(drug, "One had PML.", source=source, topic="safety", harm="PML", serious=True)
    given = {"source": source, "topic": "administration"}
    claim(drug, "It is swallowed.", route="oral", **given)
    claim(drug, "It may be injected.", route="injection", certainty="hedged", **given)
    publish(drug)
    assert lines(client.get("/therapies/?q=agent")) == [
        "Agent drug Better: relapses. Called serious: PML. "
        "By mouth. 5 statements · 1 source Sources disagree on 1 of them"
    ]


def test_line_names_what_a_therapy_risks_whether_or_not_it_is_called_serious(
    client: Client, base: Base
) -> None:
    words = ["Fewer.", "Some were ill.", "PML.", "Rash.", "Cough.", "Ache.", "It may stop hearts."]
    source = publish(source_with_text(" ".join(words), title="Said"))
    safety = {"source": source, "topic": "safety"}
    drug = therapy("Agent", kind="drug")
    claim(drug, words[0], source=source, topic="outcome", outcome="Relapses",
          effect_direction="better")  # fmt: skip
    claim(drug, words[1], harm="Serious adverse effects", serious=True, **safety)
    for said, harm in zip(words[2:6], ("PML", "Rash", "Cough", "Ache"), strict=True):
        claim(drug, said, harm=harm, effect_direction="worse", **safety)
    claim(drug, words[6], harm="Cardiac arrest", effect_direction="worse", certainty="hedged",
          **safety)  # fmt: skip
    claim(drug, words[3], harm="Death", effect_direction="worse", certainty="negated", **safety)
    publish(drug)
    (said,) = lines(client.get("/therapies/?q=agent"))
    assert said.startswith(
        "Agent drug Better: relapses. Reported: serious adverse effects. Also reported: PML; rash; "
        "cough; and 1 more. Not sure, on safety: cardiac arrest. "
    )
    assert "death" not in said.lower()


def test_line_of_which_nothing_can_be_summed_up_says_what_its_page_tells(
    client: Client, base: Base
) -> None:
    drug = therapy("Agent", kind="drug")
    claim(drug, DEPLETES, source=base.source, topic="research")
    claim(drug, RELAPSES, source=base.source, topic="outcome", certainty="negated",
          outcome="relapse rate", effect_direction="better")  # fmt: skip
    publish(drug)
    assert lines(client.get("/therapies/?q=agent")) == [
        "Agent drug About: what it does; what is being studied. 2 statements · 1 source"
    ]


def test_medicines_stand_before_what_is_done_each_by_name_whatever_its_case(
    client: Client, base: Base
) -> None:
    more_therapies(base, 2)
    for name, kind in (("A diet", "approach"), ("a transplant", "cell-therapy")):
        row = therapy(name, kind=kind)
        claim(row, DEPLETES, source=base.source, topic="research")
        publish(row)
    assert listed(client, "/therapies/") == [
        "a transplant", "agent 00", "agent 01", "Ocrelizumab", "A diet",
    ]  # fmt: skip
    page = client.get("/therapies/")
    assert texts(page, "h2") == ["Medicines 4", "Procedures, approaches and supportive care 1"]
    assert texts(client.get("/therapies/?kind=drug"), "h2") == ["Medicines 1"]


def test_list_leaves_out_drafts_and_withdrawn_records(client: Client, base: Base) -> None:
    therapy("Secret draft")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get("/therapies/")
    assert texts(page, "p", "count") == ["0 therapies"]
    assert texts(page, "div", "empty") == ["No approved therapy is public yet."]


# What is chosen and what can be.


@pytest.fixture
def given(base: Base) -> Base:
    """Two more drugs: one by mouth, one by mouth and by infusion."""
    text = "It is swallowed. It is infused. It may lower the relapse rate. It raises it."
    source = publish(source_with_text(text, title="Given", kind="label"))
    for name, routes in (("Drug A", ["oral"]), ("Drug B", ["oral", "infusion"])):
        drug = therapy(name)
        for route, words in zip(routes, ("It is swallowed.", "It is infused."), strict=False):
            claim(drug, words, source=source, topic="administration", route=route)
        publish(drug)
    return base


def options(client: Client, address: str, name: str) -> dict[str, tuple[int, bool]]:
    """By what a filter offers, how many it would find, and whether it is chosen."""
    fields = client.get(address).context["filters"].fields
    (field,) = [field for field in fields if field.name == name]
    return {option.value: (option.count, option.chosen) for option in field.options}


def test_outcome_that_is_told_as_a_harm_alone_is_offered_as_a_harm(
    client: Client, base: Base
) -> None:
    source = publish(source_with_text("Injury. Falls. Fewer falls.", title="Told"))
    drug = therapy("Agent")
    for words, more in (
        ("Injury.", {"outcome": "Liver injury", "harm": "liver-injury"}),
        ("Falls.", {"outcome": "Falls", "harm": "Falls"}),
        ("Fewer falls.", {"outcome": "Falls", "effect_direction": "better"}),
    ):
        claim(drug, words, source=source, topic="safety", **more)
    publish(drug)
    assert set(options(client, "/therapies/", "outcome")) == {"annualised relapse rate", "Falls"}
    assert set(options(client, "/therapies/", "harm")) == {"liver-injury", "Falls"}
    asked = "therapies/?outcome=liver+injury"  # it is understood all the same, here and there
    assert listed(client, f"/{asked}") == in_api(asked) == ["Agent"]


def test_several_values_are_any_of_them_and_filters_apply_together(
    client: Client, given: Base
) -> None:
    both = "therapies/?route=oral&route=infusion"
    assert listed(client, f"/{both}") == in_api(both) == ["Drug A", "Drug B", "Ocrelizumab"]
    together = "therapies/?route=infusion&source_kind=label"
    assert listed(client, f"/{together}") == in_api(together) == ["Drug B"]


def test_only_what_would_find_something_is_offered_with_its_count(
    client: Client, given: Base
) -> None:
    assert options(client, "/therapies/", "route") == {"oral": (2, False), "infusion": (2, False)}
    # The count of a filter's own values is of the list without it; that of others with it.
    oral = "/therapies/?route=oral"
    assert options(client, oral, "route") == {"oral": (2, True), "infusion": (2, False)}
    assert options(client, oral, "source_kind") == {"label": (2, False)}
    assert options(client, f"{oral}&q=drug b", "route") == {
        "oral": (1, True),
        "infusion": (1, False),
    }
    # What is chosen stays, to be taken back.
    assert options(client, "/therapies/?route=topical", "route")["topical"] == (0, True)


def test_chosen_values_stand_above_the_list_each_with_the_list_without_it(
    client: Client, given: Base
) -> None:
    page = client.get("/therapies/?q=drug&route=oral&route=infusion&page=1")
    assert texts(page, "title") == ["Therapies: “drug”, by mouth, infusion – msportal"]
    assert texts(page, "ul", "chips") == [
        "Remove Name, brand or synonym: “drug” ✕ Remove Route: by mouth ✕ Remove Route: infusion ✕ "
        "Clear all"
    ]
    chips = [link for link in links(page) if link.startswith("?")]
    assert chips == ["?route=oral&route=infusion", "?q=drug&route=infusion", "?q=drug&route=oral"]


def test_empty_list_says_which_filter_to_remove_and_what_that_gives(
    client: Client, given: Base
) -> None:
    page = client.get("/therapies/?route=topical&source_kind=label")
    assert texts(page, "div", "empty") == [
        "No approved therapy fits all of this. Without Route: on the skin (2) All therapies (3)"
    ]
    assert "?source_kind=label" in links(page)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("ocrevuss", "Ocrelizumab"), ("anti cd 20 β test", "Ocrelizumab"), ("100%", ""), ("%", "")],
)
def test_list_that_words_leave_empty_says_who_may_be_meant_and_leads_to_the_search(
    client: Client, given: Base, words: str, meant: str
) -> None:
    page = client.get("/therapies/", {"q": words, "kind": "procedure"})
    (said,) = texts(page, "div", "empty")
    assert ("Perhaps you mean " in said) == bool(meant)
    assert f"Perhaps you mean {meant}" in said or not meant
    assert f"Search everything for “{words}”" in said
    assert f"/search/?{urlencode({'q': words}, quote_via=quote)}" in links(page)


def test_who_may_be_meant_is_who_was_public_then(client: Client, given: Base) -> None:
    page = client.get("/therapies/?q=ocrevuss&as_of=2")
    assert "Perhaps" not in texts(page, "div", "empty")[0]
    assert "/search/?q=ocrevuss&as_of=2" in links(page)
    assert "/therapies/ocrelizumab/?as_of=3" in links(client.get("/therapies/?q=ocrevuss&as_of=3"))


def test_what_is_not_public_any_more_is_found_where_it_is_named(client: Client, base: Base) -> None:
    """It is offered no more, and an address that has it still finds what names it."""
    page = client.get("/therapies/?mechanism=b-cell-depletion&as_of=1")
    assert (page.status_code, texts(page, "h3")) == (200, [])
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    assert listed(client, "/therapies/?mechanism=b-cell-depletion") == ["Ocrelizumab"]
    assert in_api("therapies/?mechanism=b-cell-depletion") == ["Ocrelizumab"]
    hidden = [i for i in attributes(client.get("/therapies/?mechanism=b-cell-depletion"), "input")
              if i.get("type") == "hidden"]  # fmt: skip
    assert {(i["name"], i["value"]) for i in hidden} == {("mechanism", "b-cell-depletion")}


# What a therapy acts on, what it does.


@pytest.fixture
def cells(base: Base) -> Base:
    """Drugs of which sources say in every way that they act on B cells; some of them do."""
    text = "It acts so. It does not. It shall."
    source, bad = (
        publish(source_with_text(f"{title}. {text}", title=title)) for title in ("Sound", "Bad")
    )
    kinds = {"B-cell depletion": base.mechanism}
    for name, target, above in (
        ("Memory B-cell depletion", "memory B cells", "B-cell depletion"),
        ("T-cell depletion", "T cells", None),
    ):
        row = mechanism(name, target=target, broader=kinds.get(above))
        claim(row, "It acts so.", source=source)
        kinds[name] = publish(row)
    for name, acts_by, certainty, rests_on in (
        ("Denied", "B-cell depletion", "negated", source),
        ("Doubted", "B-cell depletion", "hedged", source),
        ("Meant", "B-cell depletion", "intended", source),
        ("Narrower", "Memory B-cell depletion", "stated", source),
        ("Other", "T-cell depletion", "stated", source),
        ("Retracted only", "B-cell depletion", "stated", bad),
    ):
        drug = therapy(name)
        words = {"negated": "It does not.", "intended": "It shall."}.get(certainty, "It acts so.")
        claim(drug, words, source=rests_on, acts_by=kinds[acts_by], certainty=certainty)
        publish(drug)
    set_standing(bad, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    return base


def test_all_therapies_that_act_on_b_cells_are_those_that_the_mechanism_names(
    client: Client, cells: Base
) -> None:
    acting = ["Doubted", "Narrower", "Ocrelizumab", "Retracted only"]
    named = client.get("/mechanisms/b-cell-depletion/").context["named_by"]
    assert [row["name"] for row in named] == acting
    for asked in ("target=B cells", "target=b-cells", "mechanism=b-cell-depletion"):
        assert listed(client, f"/therapies/?{asked}") == in_api(f"therapies/?{asked}") == acting
    assert listed(client, "/therapies/?target=memory B cells") == ["Narrower"]
    assert options(client, "/therapies/", "target") == {
        "B cells": (4, False), "memory B cells": (1, False), "T cells": (1, False),
    }  # fmt: skip
    rows = dict(
        zip(acting, texts(client.get("/therapies/?target=B cells"), "li", "row"), strict=True)
    )
    assert "Not sure: B-cell depletion." in rows["Doubted"]
    assert "Acts by: memory B-cell depletion." in rows["Narrower"]
    assert "Acts by" not in rows["Retracted only"]
    assert "1 of them rests only on a retracted" in rows["Retracted only"]
    said = texts(client.get("/mechanisms/?q=memory"), "li", "row")[0]
    assert "1 therapy acts by it" in said


def test_outcome_and_its_direction_are_of_one_claim_and_what_is_denied_is_none(
    client: Client, base: Base
) -> None:
    text = "Fewer. Not fewer. No difference. Slower. Perhaps."
    source = publish(source_with_text(text, title="Said"))
    better = {"topic": "outcome", "effect_direction": "better"}
    for name, words, values in (
        ("Denied", "Not fewer.", {**better, "outcome": "Relapse rate", "certainty": "negated"}),
        ("Even", "No difference.", {**better, "outcome": "relapse rate", "certainty": "negated",
                                    "effect_direction": "no-difference"}),
        ("Fewer", "Fewer.", {**better, "outcome": "relapse rate"}),
        ("Perhaps", "Perhaps.", {**better, "outcome": "Relapse-rate", "certainty": "hedged"}),
        ("Slower", "Slower.", {**better, "outcome": "Disability"}),
    ):  # fmt: skip
        drug = therapy(name)
        claim(drug, words, source=source, **values)
        if name == "Slower":
            claim(drug, "Fewer.", source=source, topic="outcome", outcome="relapse rate")
        publish(drug)
    both = "therapies/?outcome=Relapse Rate&effect_direction=better"
    assert listed(client, f"/{both}") == in_api(both) == ["Fewer", "Perhaps"]
    assert options(client, "/therapies/", "outcome") == {
        "annualised relapse rate": (1, False), "Disability": (1, False), "relapse rate": (5, False),
    }  # fmt: skip
    assert options(client, "/therapies/?outcome=relapse rate", "effect_direction") == {
        "better": (2, False), "no-difference": (1, False),
    }  # fmt: skip


def test_class_of_a_class_has_its_members_too(client: Client, base: Base) -> None:
    above = None
    for name, kind in (("Antibodies", "drug-class"), ("Anti-CD20", "drug-class"), ("A", "drug")):
        row = therapy(name, kind=kind, member_of=above)
        claim(row, DEPLETES, source=base.source)
        above = publish(row)
    asked = "therapies/?class=antibodies"
    assert listed(client, f"/{asked}") == in_api(asked) == ["A", "Anti-CD20"]
    assert options(client, "/therapies/", "class")["antibodies"] == (2, False)


def test_source_with_a_standing_is_marked_and_found_by_it(client: Client, base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    page = client.get("/sources/", {"standing": "retracted"})
    assert texts(page, "strong", "alert") == ["was retracted"]


def test_list_as_of_shows_and_offers_what_was_public_then(client: Client, base: Base) -> None:
    more_therapies(base, 1)
    page = client.get("/therapies/", {"as_of": "3"})
    assert texts(page, "h3") == ["Ocrelizumab"]
    assert "/therapies/ocrelizumab/?as_of=3" in links(page)
    hidden = [i for i in attributes(page, "input") if i["type"] == "hidden"]
    assert {(i["name"], i["value"]) for i in hidden} == {("as_of", "3")}  # filters and search
    assert options(client, "/therapies/?as_of=3", "kind") == {"drug": (1, False)}
    page = client.get("/therapies/?kind=drug&as_of=2")
    assert texts(page, "h3") == []
    assert "?as_of=2" in links(page)  # the list then, without the filter


def test_long_list_comes_in_pages_that_keep_the_filters(client: Client, base: Base) -> None:
    more_therapies(base, 26)
    first = client.get("/therapies/", {"kind": "supplement"})
    assert texts(first, "p", "count") == ["26 therapies"]
    assert len(texts(first, "li", "row")) == 25
    assert texts(first, "nav", "pager") == ["Page 1 of 2 Next page"]
    (after,) = [a for a in links(first) if a.startswith("?") and "page=2" in a]
    second = client.get(f"/therapies/{after}")
    assert texts(second, "h3") == ["agent 25"]
    assert texts(second, "h2") == ["Medicines 26"]
    assert client.get("/therapies/", {"page": "3"}).status_code == 404
    for page in ("0", "-1", "x", "", "1.5", "9" * 30):
        assert client.get("/therapies/", {"page": page}).status_code == 400


def test_lists_cost_no_more_for_thirty_than_for_one(
    client: Client, base: Base, django_assert_max_num_queries: object
) -> None:
    # Head and its hash, demonstration, rows; then what the lines hang on: classes, sources,
    # mechanisms; of mechanisms the last two and what acts; of sources what rests on them.
    queries = {"/therapies/?kind=drug&kind=supplement": 7, "/mechanisms/": 6, "/sources/": 6}
    for more in (0, 30):
        more_therapies(base, more)
        for address, number in queries.items():
            client.get(address)  # what is new is read once
            with django_assert_max_num_queries(number):  # type: ignore[operator]
                assert client.get(address).status_code == 200


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
