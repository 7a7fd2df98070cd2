"""Two to four therapies side by side: the choice, the table, the file."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from editorial import actions
from publication import log
from sources.actions import set_standing
from tests.building import claim, publish, source_with_text, therapy
from tests.forgetting import nothing_remembered
from tests.html import attributes, links, text_of, texts
from tests.small_base import Base, later
from therapies.compare import Unlike
from therapies.models import Therapy
from therapies.pages import compare
from therapies.pages.compare import in_words

pytestmark = pytest.mark.django_db

PAGE = "/compare/?therapy=ocrelizumab&therapy=examplimab"
FELL = "Relapses fell by 31% with examplimab."
TRICK = "=1+1 of those who took examplimab felt sick."


def examplimab(number: int = 1, **fields: object) -> Therapy:
    """Another public therapy, with ``number`` statements and one on a harm."""
    source = publish(
        source_with_text(f"{FELL} {TRICK}", title="Other", date="2021", doi="10.1000/7")
    )
    drug = therapy("Examplimab", **fields)
    for place in range(number):
        claim(drug, FELL, text=f"{FELL} ({place})" if place else "", source=source, topic="outcome",
              outcome="Annualised relapse-rate", effect_direction="better", effect_size="31%",
              comparator="placebo")  # fmt: skip
    claim(drug, TRICK, source=source, topic="safety", harm="Nausea")
    return publish(drug)


def test_statements_stand_side_by_side_with_what_they_rest_on(client: Client, base: Base) -> None:
    examplimab(brands=["Example"])
    page = client.get(PAGE)
    assert page.status_code == 200
    assert texts(page, "title") == ["Compare Ocrelizumab and Examplimab – msportal"]
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    heads = [(a["scope"], a.get("colspan")) for a in attributes(page, "th")]
    assert heads[:4] == [("col", None)] * 3 + [("row", None)]
    (table,) = texts(page, "table")
    rate = table[table.index("Annualised relapse rate") :]
    assert "The source is not sure" in rate
    assert "relapsing-remitting MS 1 One source: Journal review · 2019 · In context" in rate
    assert f"{FELL} The source says better · Size of effect 31% · Compared with placebo" in rate
    assert "Brand name Example" in table
    (drug,) = Therapy.objects.filter(slug="examplimab")
    for row in drug.claims.all():
        assert f"/therapies/examplimab/#claim-{row.public_id}" in links(page)
    assert len(texts(page, "ol", "references")) == 1
    assert [a["id"] for a in attributes(page, "li") if "id" in a] == ["ref-1", "ref-2"]


def test_not_stated_and_not_reviewed_are_two_things(client: Client, base: Base) -> None:
    examplimab()
    page = client.get(PAGE)
    rings, dots = texts(page, "p", "ring"), texts(page, "p", "dots")
    (absent,) = set(rings)
    assert absent.startswith("Not stated in the 1 source read until ")
    assert set(dots) == {"No reviewed claim yet."}


def test_numbers_against_other_things_are_said_to_be_so(client: Client, base: Base) -> None:
    source = publish(source_with_text("It fell by half.", title="Third"))
    other = therapy("Otherimab")
    claim(other, "It fell by half.", source=source, topic="outcome",
          outcome="annualised relapse rate", effect_size="half")  # fmt: skip
    publish(other)
    examplimab()
    page = client.get("/compare/?therapy=examplimab&therapy=otherimab")
    (caution,) = texts(page, "tr", "caution")
    assert caution == (
        "Annualised relapse-rate: do not set these numbers against each other. "
        "Some are measured against placebo, for others it is not stated what it was measured "
        "against."
    )
    assert "Size of effect half · Compared with not stated" in text_of(page)


def test_one_statement_stands_open_and_a_line_says_what_the_others_say(
    client: Client, base: Base
) -> None:
    drug = examplimab()
    actions.revise(drug, by=base.editor)
    source = drug.claims.all()[0].evidence.all()[0].passage.document.source
    for place, values in enumerate((
        {"effect_direction": "worse"}, {"certainty": "hedged", "effect_direction": "better"},
        {"effect_direction": "no-difference", "certainty": "negated"}, {},
    )):  # fmt: skip
        claim(drug, FELL, text=f"{FELL} [{place}]", source=source, topic="outcome",
              outcome="annualised relapse rate", **values)  # fmt: skip
    publish(drug)
    page = client.get(PAGE)
    assert [text for text in texts(page, "summary") if "more" in text] == [
        "4 more statements on Examplimab, Annualised relapse rate: worse, the source is not sure, "
        "no difference found"
    ]
    (fold,) = texts(page, "details", "beneath")
    assert [f"[{place}]" in fold for place in range(4)] == [True] * 4


def test_retracted_source_is_marked_at_once(client: Client, base: Base) -> None:
    drug = examplimab()
    source = drug.claims.all()[0].evidence.all()[0].passage.document.source
    set_standing(source, standing="retracted", by=base.reviewer, note="Made up.")
    page = client.get(PAGE)
    assert "The only source was retracted" in text_of(page)
    assert len(texts(page, "div", "void")) == 2


@pytest.mark.parametrize("path", [PAGE, "/evidence-map/?show=outcomes", "/mechanisms/map/?"])
def test_paper_says_when_and_where_it_is_from(client: Client, base: Base, path: str) -> None:
    seq = log.head_seq()
    (line,) = texts(client.get(path), "p", "printed")
    query = f"{path}&as_of={seq}".replace("?&", "?")
    assert line.endswith(f", at entry {seq} of the public log: http://testserver{query}")
    assert line.startswith(f"As it was public on {timezone.now():%-d %B %Y}")
    later(base)
    past = client.get(query)
    assert (
        line.partition(", at entry")[2] == texts(past, "p", "printed")[0].partition(", at entry")[2]
    )


def test_choice_leads_on_from_other_addresses(client: Client, base: Base) -> None:
    examplimab()
    later(base)  # Ocrelizumab has moved
    moved = client.get(f"{PAGE}&format=csv&as_of={log.head_seq()}")
    assert moved.status_code == 301
    assert moved["Location"] == (
        f"/compare/?therapy=ocrelizumab-iv&therapy=examplimab&format=csv&as_of={log.head_seq()}"
    )
    by_id = client.get(f"/compare/?therapy={base.therapy.public_id}&therapy=Examplimab")
    assert by_id["Location"] == "/compare/?therapy=ocrelizumab-iv&therapy=examplimab"


def test_what_cannot_be_compared_is_said_with_a_form(client: Client, base: Base) -> None:
    def notes(query: str) -> list[str]:
        page = client.get(f"/compare/{query}")
        assert page.status_code == 200
        assert len(attributes(page, "select")) == 4
        assert attributes(page, "table") == []
        return texts(page, "p", "warning")

    drug = examplimab()
    assert notes("") == []
    assert notes("?therapy=ocrelizumab&therapy=&therapy=ocrelizumab") == []
    assert notes("?therapy=Ocrevus") == [
        "Not found: no public therapy has the address “Ocrevus”. Found by that name: Ocrelizumab."
    ]
    meant = links(client.get("/compare/?therapy=examplimab&therapy=Ocrevus"))
    assert "/compare/?therapy=examplimab&therapy=ocrelizumab" in meant
    actions.withdraw(drug, by=base.reviewer, note="Wrong.")
    (withdrawn,) = notes(PAGE.removeprefix("/compare/"))
    assert withdrawn.startswith("Withdrawn: Examplimab is no longer part")
    chosen = [a["value"] for a in attributes(client.get(PAGE), "option") if "selected" in a]
    assert chosen == ["ocrelizumab"]


@pytest.mark.parametrize(
    ("query", "title", "said"),
    [
        ("", "Compare therapies", []),
        ("?therapy=&therapy=", "Compare therapies", ["Two are needed: choose what to compare."]),
        (
            "?therapy=ocrelizumab&therapy=ocrelizumab",
            "Compare therapies",
            ["One more is needed: choose what to compare Ocrelizumab with."],
        ),
        (
            "?therapy=nobody",
            "Error: Compare therapies",
            ["Two are needed: choose what to compare."],
        ),
        (
            "?therapy=nobody&therapy=ocrelizumab&therapy=examplimab",
            "Error: Compare Ocrelizumab and Examplimab",
            ["A difference between two columns is not a difference between two therapies."],
        ),
    ],
)
def test_too_few_are_said_to_be_so(
    client: Client, base: Base, query: str, title: str, said: list[str]
) -> None:
    examplimab()
    page = client.get(f"/compare/{query}")
    assert texts(page, "title") == [f"{title} – msportal"]
    notes = texts(page, "p", "note")
    assert len(notes) == len(said)
    assert all(note.startswith(one) for note, one in zip(notes, said, strict=True))


def test_where_therapies_are_many_they_are_typed(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    examplimab()
    monkeypatch.setattr(compare, "MOST_OPTIONS", 1)
    for path, chosen in (
        ("/compare/", []),
        ("/compare/?therapy=ocrelizumab", ["ocrelizumab"]),
        (PAGE, ["ocrelizumab", "examplimab"]),
    ):
        page = client.get(path)
        assert attributes(page, "select") == []
        fields = [a for a in attributes(page, "input") if "column-" in (a.get("id") or "")]
        typed = [field["value"] for field in fields]
        assert typed == chosen + [""] * (4 - len(chosen))


def test_more_than_four_are_too_many(client: Client, base: Base) -> None:
    source = publish(source_with_text("It works.", title="Third"))
    for name in "ABCD":
        drug = therapy(f"Drug {name}")
        claim(drug, "It works.", source=source)
        publish(drug)
    query = "&".join(f"therapy=drug-{name}" for name in "abcd")
    page = client.get(f"/compare/?{query}&therapy=ocrelizumab")
    assert "Left out of the choice below: Ocrelizumab." in texts(page, "p", "warning")[0]
    assert len(attributes(client.get(f"/compare/?{query}"), "table")) == 1


@pytest.mark.parametrize(
    "query",
    ["?format=pdf", f"?therapy={'x' * 201}", "?therapy=a%00b", "?format=csv",
     "?format=csv&therapy=ocrelizumab&therapy=nobody",
     f"?{'&'.join(f'therapy={n}' for n in range(13))}"],
)  # fmt: skip
def test_nonsense_is_refused(client: Client, base: Base, query: str) -> None:
    assert client.get(f"/compare/{query}").status_code == 400


def test_past_is_kept_in_links_and_forms(client: Client, base: Base) -> None:
    drug = examplimab()
    seq = log.head_seq()
    before = texts(client.get(f"{PAGE}&as_of={seq}"), "table")
    actions.withdraw(drug, by=base.reviewer, note="Wrong.")
    page = client.get(f"{PAGE}&as_of={seq}")
    assert texts(page, "table") == before
    assert "Withdrawn since." in texts(page, "p", "warning")[0]
    assert {"type": "hidden", "name": "as_of", "value": str(seq)} in attributes(page, "input")
    assert f"/compare/?therapy=examplimab&therapy=ocrelizumab&as_of={seq}" in links(page)
    assert links(page).count("?therapy=ocrelizumab&therapy=examplimab") == 2  # the present


@pytest.mark.parametrize(
    ("unlike", "said"),
    [
        (None, ""),
        (Unlike(("",)), "For none is it stated what it was measured against."),
        (Unlike(("placebo", "sham", "x")), "They are measured against placebo, sham or x."),
        (
            Unlike(("placebo", ""), (("ppms", "rrms"), ("spms",))),
            "Some are measured against placebo, for others it is not stated what it was measured "
            "against. They are of people with primary progressive MS and relapsing-remitting MS "
            "or secondary progressive MS.",
        ),
    ],
)
def test_what_numbers_differ_in_is_said_in_words(unlike: Unlike | None, said: str) -> None:
    assert in_words(unlike) == said


def test_file_of_a_demonstration_says_so_in_each_row(
    client: Client, base: Base, settings: Settings
) -> None:
    examplimab()
    settings.DEMONSTRATION = True
    text = client.get(f"{PAGE}&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["demonstration"] for row in rows} == {
        "Demonstration: approvals not made by clinicians"
    }


def test_file_has_one_claim_a_row_and_no_formula(client: Client, base: Base) -> None:
    examplimab()
    answer = client.get(f"{PAGE}&format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="compare-ocrelizumab-examplimab-entry-{log.head_seq()}.csv"'
    )
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufefftherapy,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    claims = [row for row in rows if row["address"]]
    assert len(claims) == 6
    trick = next(row for row in rows if row["outcome or harm"] == "Nausea")
    assert trick["text"] == f"'{TRICK}"
    fell = next(row for row in rows if row["size"])
    assert (fell["compared with"], fell["direction"], fell["DOIs"]) == (
        "placebo", "better", "10.1000/7",
    )  # fmt: skip
    assert fell["permanent address"].startswith(
        "http://testserver/therapies/examplimab/v/1/#claim-"
    )
    assert (fell["entry of the log"], fell["demonstration"]) == (str(log.head_seq()), "")
    gaps = {(row["therapy"], row["topic"]): row["text"] for row in rows if not row["address"]}
    assert gaps["Ocrelizumab", "Safety"].startswith("Not stated in the 1 source")
    assert gaps["Examplimab", "Status"] == "No reviewed claim yet."


@pytest.mark.parametrize("number", [1, 30])
def test_table_costs_the_same_however_much_is_claimed(
    client: Client, base: Base, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    examplimab(number)
    # head, therapies, keys of options and of what it is made of, hashes; options, classes, claims
    # in four, entries, demonstration
    with nothing_remembered(), django_assert_num_queries(13):
        client.get(PAGE)
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)


def test_where_there_are_many_therapies_each_is_typed(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/compare/?therapy={base.therapy.slug}"
    assert "<select" in client.get(address).content.decode()
    monkeypatch.setattr(compare, "MOST_OPTIONS", 0)
    with nothing_remembered():
        page = client.get(address)
    assert "<select" not in page.content.decode()
    boxes = attributes(page, "input")
    typed = [box["value"] for box in boxes if (box.get("id") or "").startswith("column-")]
    assert typed == [base.therapy.slug, "", "", ""]
