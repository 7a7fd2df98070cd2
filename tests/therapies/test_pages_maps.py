"""The map of evidence and the map of mechanisms."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publication import log
from sources.actions import set_standing
from sources.models import Source
from tests.building import claim, mechanism, not_stated, publish, source_with_text, therapy
from tests.html import attributes, links, text_of, texts
from tests.small_base import Base, later
from therapies.evidence_map import Bearing
from therapies.models import Therapy
from therapies.pages import evidence_map
from therapies.pages.bearings import SHAPES, SIZE

pytestmark = pytest.mark.django_db

MAP = "/evidence-map/"
TARGETS = "/mechanisms/map/"
WORDS = "It helps."


def drugs(source: Source, number: int) -> list[Therapy]:
    """Public therapies, each with an outcome of its own and one that all have."""
    found = []
    for place in range(number):
        drug = therapy(f"Drug {place:02}")
        for outcome in ("Fatigue", f"Outcome {place:02}"):
            claim(drug, WORDS, text=f"It helps {outcome}.", source=source, topic="outcome",
                  outcome=outcome, effect_direction="better", courses=["ppms"])  # fmt: skip
        found.append(publish(drug))
    return found


@pytest.fixture
def source() -> Source:
    return publish(source_with_text(WORDS, title="Another"))


def test_each_mark_says_in_words_what_it_shows(client: Client, base: Base, source: Source) -> None:
    (drug,) = drugs(source, 1)
    page = client.get(MAP)
    cells = texts(page, "table")[0]
    assert (
        "Ocrelizumab, annualised relapse rate: the source is not sure, 1 statement, 1 source"
        in cells
    )
    assert "Drug 00, Fatigue: better, 1 statement, 1 source" in cells
    assert f"/therapies/drug-00/#claim-{drug.claims.order_by('pk')[0].public_id}" in links(page)
    marks = attributes(page, "svg")
    assert {a["aria-hidden"] for a in marks} == {"true"}
    assert len(texts(page, "td", "gap")) == 3  # of six
    set_standing(source, standing="retracted", by=base.reviewer, note="Made up.")
    said = "Drug 00, Fatigue: only a retracted or withdrawn source says so, 1 statement, 0 sources"
    assert said in texts(client.get(MAP), "table")[0]


def test_no_sign_of_the_map_looks_like_another() -> None:
    shapes = [*SHAPES.values(), SIZE]
    assert len(set(shapes)) == len(shapes) == len(Bearing) + 1
    ring = SHAPES[Bearing.UNSURE].line  # half filled; the bare one is a gap
    assert ring not in {shape.line for shape in shapes if not shape.solid}


def test_what_was_looked_for_in_vain_is_no_common_gap(client: Client, base: Base) -> None:
    silent = therapy("Silent")
    claim(silent, "It is given as an infusion every six months.", source=base.source,
          topic="administration")  # fmt: skip
    not_stated(silent, "outcome")
    publish(silent)
    gaps = texts(client.get(MAP), "td", "gap")
    assert [gap.startswith("○Not stated in the 1 source read until ") for gap in gaps] == [True]


def test_course_leaves_statements_that_do_not_name_it(
    client: Client, base: Base, source: Source
) -> None:
    drugs(source, 1)
    page = client.get(f"{MAP}?course=ppms")
    assert "Only statements whose source names primary progressive MS" in text_of(page)
    assert texts(page, "th", "turned") == ["Fatigue", "Outcome 00"]
    assert "Ocrelizumab" not in texts(page, "table")[0]
    assert attributes(client.get(f"{MAP}?show=harms"), "table") == []


def test_what_names_no_such_course_is_no_gap(client: Client, base: Base, source: Source) -> None:
    drugs(source, 1)
    other = therapy("Otherimab")
    for text, courses in (("It helps.", []), ("It helps (2).", ["rrms"])):
        claim(other, WORDS, text=text, source=source, topic="outcome", outcome="Fatigue",
              courses=courses)  # fmt: skip
    claim(other, WORDS, text="It helps (3).", source=source, topic="outcome", outcome="Mobility",
          courses=["ppms"])  # fmt: skip
    claim(other, WORDS, text="It harms.", source=source, topic="safety", harm="Rash")
    publish(other)
    page = client.get(f"{MAP}?course=ppms")
    said = "Otherimab, Fatigue: none that names primary progressive MS; 1 without a course, 1 of "
    assert texts(page, "td", "passed") == [f"(2){said}another course"]
    first = other.claims.order_by("pk")[0].public_id
    assert f"/therapies/otherimab/#claim-{first}" in links(page)
    assert len(texts(page, "td", "gap")) == 2  # of Drug 00 on mobility, Otherimab on its outcome
    assert "No source, as far as reviewed, names it for a harm" in text_of(page)
    nothing = client.get(f"{MAP}?course=ppms&show=harms&class=&page=1")
    assert texts(nothing, "p", "absence")[0].startswith(
        "No source, as far as reviewed, names primary progressive MS for a harm."
    )
    assert "?show=harms" in links(page)  # a large map has to know what to draw
    assert "?show=harms&class=" in links(nothing)
    assert texts(client.get(f"{MAP}?show=harms&class="), "th", "turned") == ["Rash"]


def test_large_map_waits_for_a_choice_and_comes_in_pages(
    client: Client, base: Base, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_map, "PER_PAGE", 2)
    monkeypatch.setattr(evidence_map, "MOST_COLUMNS", 2)
    drugs(source, 3)
    page = client.get(MAP)
    assert attributes(page, "table") == []
    assert texts(page, "p", "note")[0].startswith("Choose something first. 4 therapies are public")
    page = client.get(f"{MAP}?show=outcomes")
    assert [row for row in texts(page, "th") if row.startswith("Drug")] == ["Drug 00", "Drug 01"]
    assert texts(page, "th", "turned") == ["Fatigue", "Outcome 00"]
    following = [link for link in links(page) if "columns=" in link or "page=" in link]
    assert following == ["?show=outcomes&columns=2", "?show=outcomes&page=2"]
    assert texts(client.get(f"{MAP}{following[0]}"), "th", "turned") == ["Outcome 01"]
    assert client.get(f"{MAP}?show=outcomes&columns=3").status_code == 404
    nothing = client.get(f"{MAP}?show=harms")
    assert texts(nothing, "p", "absence")[0].startswith(
        "No reviewed statement on these 2 therapies"
    )
    assert "?show=harms&page=2" in links(nothing)


@pytest.mark.parametrize(
    "query", ["course=x", "show=x", "class=x", "page=x", "show=outcomes&columns=x"]
)
def test_nonsense_is_refused(client: Client, base: Base, query: str) -> None:
    assert client.get(f"{MAP}?{query}").status_code == 400


def test_map_of_mechanisms_says_what_acts_on_what_and_how_surely(
    client: Client, base: Base, source: Source
) -> None:
    nothing = mechanism("Nothing known", target="")
    claim(nothing, WORDS, source=source)
    publish(nothing)
    doubted = therapy("Doubted")
    claim(doubted, WORDS, source=source, certainty="hedged", acts_by=base.mechanism)
    publish(doubted)
    page = client.get(TARGETS)
    assert texts(page, "tbody") == [
        "Target: B cells B-cell depletion mechanism of action depletes "
        "Doubted The source is not sure Ocrelizumab",
        "No target named Nothing known mechanism of action not named "
        "No approved claim says that a therapy acts by it.",
    ]
    assert {"/mechanisms/b-cell-depletion/", "/therapies/doubted/"} <= set(links(page))
    assert len(texts(client.get(f"{TARGETS}?target=B+cells"), "tbody")) == 1
    assert client.get(f"{TARGETS}?kind=x").status_code == 400
    assert f"{TARGETS}?target=B+cells" in links(client.get("/mechanisms/b-cell-depletion/"))
    assert TARGETS in links(client.get("/mechanisms/"))


def test_what_acts_by_a_kind_acts_by_the_whole(client: Client, base: Base, source: Source) -> None:
    whole = mechanism("Depletion", target="lymphocytes")
    claim(whole, WORDS, source=source)
    base.mechanism.refresh_from_db()
    kind = mechanism("Memory B-cell depletion", target="memory", broader=publish(whole))
    claim(kind, WORDS, source=source)
    publish(kind)
    drug = therapy("Drug of a kind")
    claim(drug, WORDS, source=source, acts_by=kind)
    publish(drug)
    assert "Drug of a kind" in texts(client.get(f"{TARGETS}?target=lymphocytes"), "tbody")[0]
    hits = texts(client.get("/search/?q=depletion&kind=mechanism"), "li", "hit")
    assert any(hit.startswith("Depletion") and "Drug of a kind" in hit for hit in hits)


@pytest.mark.parametrize("path", [MAP, TARGETS])
def test_maps_of_the_past_stay_what_they_were(client: Client, base: Base, path: str) -> None:
    seq = log.head_seq()
    before = texts(client.get(f"{path}?as_of={seq}"), "table")
    later(base)
    page = client.get(f"{path}?as_of={seq}")
    assert texts(page, "table") == before
    assert f"/therapies/ocrelizumab/?as_of={seq}" in {
        link.partition("#")[0] for link in links(page)
    }


@pytest.mark.parametrize("number", [1, 24])
def test_maps_cost_the_same_however_many_records_there_are(
    client: Client, base: Base, source: Source,
    django_assert_num_queries: DjangoAssertNumQueries, number: int,
) -> None:  # fmt: skip
    drugs(source, number)
    for address in (MAP, TARGETS):
        client.get(address)  # what is narrowed by is read once after each entry of the log
    # head and its hash, therapies, claims in four, entries, demonstration
    with django_assert_num_queries(9):
        client.get(MAP)
    # head and its hash, mechanisms in two, claims, passages, therapies, demonstration
    with django_assert_num_queries(8):
        client.get(TARGETS)
