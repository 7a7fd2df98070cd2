"""Therapies side by side for programs: the page's table, and what is refused."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial import actions
from sources.actions import set_standing
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from tests.html import texts
from tests.openapi import get, problems, read
from tests.small_base import DEPLETES, Base
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

ASKED = "compare/?therapy=ocrelizumab&therapy=examplimab"
FELL = "Relapses fell by 31% with examplimab."
SICK = "Some of those who took examplimab felt sick."


@pytest.fixture
def drug(base: Base) -> Therapy:
    """Another public therapy, with two claims."""
    source = publish(source_with_text(f"{FELL} {SICK}", title="Other", date="2021"))
    made = therapy("Examplimab")
    row = claim(made, FELL, source=source, topic="outcome", outcome="Annualised relapse-rate",
                effect_direction="better", effect_size="31%", comparator="placebo",
                weighing="It stands.")  # fmt: skip
    evidence(row, DEPLETES, source=base.source, direction="disputes")
    claim(made, SICK, source=source, topic="safety", harm="Nausea")
    return publish(made)


def rows(path: str = ASKED) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (part["key"], row["label"]): row for part in read(path)["parts"] for row in part["rows"]
    }


def test_statements_stand_side_by_side(base: Base, drug: Therapy) -> None:
    answer = read(ASKED)
    assert [one["slug"] for one in answer["therapies"]] == ["ocrelizumab", "examplimab"]
    row = rows()["outcome", "Annualised relapse rate"]
    left, right = row["cells"]
    assert (left["therapy"], right["therapy"]) == (base.therapy.public_id, drug.public_id)
    (told,) = right["statements"]
    fell = drug.claims.get(topic="outcome")
    assert {name: told[name] for name in told if name not in ("url", "api_url", "marks")} == {
        "id": fell.public_id,
        "claims": [fell.public_id],
        "text": FELL,
        "certainty": "stated",
        "subject": "Annualised relapse-rate",
        "effect_direction": "better",
        "effect_size": "31%",
        "frequency": None,
        "comparator": "placebo",
        "courses": [],
        "sources": [answer["sources"][1]["id"]],
        "disputed": True,
        "partly_supported": False,
        "number_of_sources": 1,
        "same": [],
        "like": [],
    }
    assert read(told["api_url"].removeprefix("http://testserver/api/v1/"))["text"] == FELL
    assert left["statements"][0]["certainty"] == "hedged"
    assert [one["name"] for one in answer["sources"]] == [base.source.name, "Other"]


def test_gaps_are_told_apart(base: Base, drug: Therapy) -> None:
    """Ocrelizumab's safety was looked for in vain; nobody looked for it of a harm of another."""
    nausea, (_, monitoring) = (
        rows()["safety", "Nausea"],
        (0, rows()["monitoring", "What is watched"]),
    )
    left, right = nausea["cells"]
    assert (left["state"], left["stated"]) == ("not-stated", False)
    assert left["not_stated"]["sources"] == [base.source.public_id]
    assert left["says"].startswith("Not stated in the 1 source read until ")
    assert (right["state"], right["stated"], right["says"]) == ("told", True, None)
    assert [(c["state"], c["stated"]) for c in monitoring["cells"]] == [("not-reviewed", None)] * 2
    assert monitoring["cells"][0]["says"] == "No reviewed claim yet."


def test_numbers_of_unlike_measurement_are_said_to_be_so(base: Base, drug: Therapy) -> None:
    other = therapy("Third")
    source = publish(source_with_text("Relapses fell by 12% with third.", title="Third source"))
    claim(other, "Relapses fell by 12% with third.", source=source, topic="outcome",
          outcome="annualised relapse rate", effect_size="12%", courses=["rrms"])  # fmt: skip
    publish(other)
    path = "compare/?therapy=examplimab&therapy=third"
    row = rows(path)["outcome", "Annualised relapse-rate"]
    assert row["unlike"]["comparators"] == ["placebo", None]
    assert row["unlike"]["courses"] == [["rrms"], []]
    assert row["unlike"]["says"].startswith("Some are measured against placebo, for others ")


def test_lines_are_those_of_the_page(client: Client, base: Base, drug: Therapy) -> None:
    answer = read(ASKED)
    page = client.get(f"/{ASKED}")
    shown = [(part.label, [row.label for row in part.rows]) for part in page.context["parts"]]
    assert [(p["label"], [r["label"] for r in p["rows"]]) for p in answer["parts"]] == shown
    (table,) = texts(page, "table")
    for part in answer["parts"]:
        for row in part["rows"]:
            for cell in row["cells"]:
                for told in cell["statements"]:
                    assert told["text"] in table


def test_marks_are_those_of_today(base: Base, drug: Therapy) -> None:
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    answer = read(f"{ASKED}&as_of=5")
    assert [one["marks"] for one in answer["sources"]] == [["retracted"], []]
    left, right = rows(f"{ASKED}&as_of=5")["outcome", "Annualised relapse rate"]["cells"]
    assert left["statements"][0]["marks"] == right["statements"][0]["marks"] == ["source-retracted"]
    again = actions.revise(drug, by=base.editor)
    again.claims.get(topic="outcome").delete()
    publish(again, editor=base.editor, reviewer=person("reviewer"))
    assert read(f"{ASKED}&as_of=5")["therapies"][1]["marks"] == ["superseded"]
    assert read(ASKED)["therapies"][1]["marks"] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Give 2 to 4 different therapies."),
        ("therapy=ocrelizumab", "Give 2 to 4 different therapies."),
        ("therapy=ocrelizumab&therapy=ocrelizumab", "Give 2 to 4 different therapies."),
        ("therapy=ocrelizumab&therapy=exampleimab",
         "No therapy has the slug or id “exampleimab”. Did you mean “examplimab”?"),
        ("therapy=ocrelizumab&therapy=%20",
         "This parameter is empty: give a value or leave it out."),
        ("therapy=ocrelizumab&therapy=" + "x" * 201,
         "therapy is not understood: give the address or the id of a therapy."),
        ("therapy=ocrelizumab&therapy=examplimab&as_of=3",
         "“Examplimab” was not public yet at entry 3; it was first approved as entry 5."),
        ("&".join(f"therapy=x{n}" for n in range(13)),
         "At most 12 therapies are looked up at once."),
    ],
)  # fmt: skip
def test_what_makes_no_table_is_refused(query: str, said: str, base: Base, drug: Therapy) -> None:
    assert problems(f"compare/?{query}") == {"therapy": said}


def test_withdrawn_therapy_is_refused_and_an_old_slug_is_as_the_new_one(
    base: Base, drug: Therapy
) -> None:
    again = actions.revise(drug, by=base.editor)
    again.slug = "examplimab-2"
    again.save()
    publish(again, editor=base.editor, reviewer=base.reviewer)
    for word in ("examplimab", "examplimab-2", drug.public_id):
        found = read(f"compare/?therapy=ocrelizumab&therapy={word}")
        assert found["therapies"][1]["slug"] == "examplimab-2"
    actions.withdraw(Therapy.objects.get(pk=drug.pk), by=base.reviewer, note="Wrong.")
    assert problems(ASKED) == {"therapy": "“Examplimab” was withdrawn."}
    assert read(f"{ASKED}&as_of=5")["therapies"][1]["marks"] == ["superseded", "withdrawn"]


def test_answer_is_conditional_and_costs_a_fixed_number_of_queries(
    base: Base, drug: Therapy
) -> None:
    tag = get(ASKED)["ETag"]
    get(ASKED, status=304, **{"If-None-Match": tag})
    with CaptureQueriesContext(connection) as two:
        read(ASKED)
    for name in ("Third", "Fourth"):
        more = therapy(name)
        claim(more, DEPLETES, source=base.source, acts_by=base.mechanism)
        claim(more, DEPLETES, source=base.source, text=f"{name}.", topic="research")
        publish(more, editor=base.editor, reviewer=base.reviewer)
    assert get(ASKED)["ETag"] != tag
    with CaptureQueriesContext(connection) as four:
        read(f"{ASKED}&therapy=third&therapy=fourth")
    assert len(four) <= len(two) + 1  # mechanisms are named, too


def test_hostile_words_are_refused(base: Base) -> None:
    for value in ("%00", "%E2%80%AE", "%F0%9F%98%80", "'", "%25", "../.."):
        assert list(problems(f"compare/?therapy=ocrelizumab&therapy={value}")) == ["therapy"]
    assert list(problems(f"compare/?therapy={quote('ä')}&x=1")) == ["x"]
