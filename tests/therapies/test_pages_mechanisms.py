"""A mechanism's page: what acts by it or by a kind of it, and its kinds as a tree."""

import pytest
from django.test import Client

from tests.building import claim, mechanism, publish, source_with_text, therapy
from tests.html import attributes, links, texts
from therapies.models import Mechanism

pytestmark = pytest.mark.django_db

WORDS = "It depletes cells."


@pytest.fixture
def kinds() -> dict[str, Mechanism]:
    """Depletion, B-cell depletion below it, memory B-cell depletion below that."""
    source = publish(source_with_text(WORDS, title="First"))
    found: dict[str, Mechanism] = {}
    above = None
    for name in ("Depletion", "B-cell depletion", "Memory B-cell depletion"):
        row = mechanism(name, broader=above)
        claim(row, WORDS, source=source)
        found[name] = above = publish(row)
    for name, acts_by in (("Drug A", "Depletion"), ("Drug B", "Memory B-cell depletion")):
        drug = therapy(name)
        claim(drug, WORDS, source=source, acts_by=found[acts_by])
        publish(drug)
    return found


def test_what_acts_by_a_kind_of_it_is_named_with_the_kind(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    assert texts(client.get("/mechanisms/depletion/"), "ul", "plain")[0] == (
        "Drug A Drug B by Memory B-cell depletion"
    )
    assert texts(client.get("/mechanisms/b-cell-depletion/"), "ul", "plain")[0] == (
        "Drug B by Memory B-cell depletion"
    )


def test_kinds_stand_as_a_tree(client: Client, kinds: dict[str, Mechanism]) -> None:
    page = client.get("/mechanisms/depletion/")
    assert texts(page, "ul", "tree") == ["B-cell depletion Memory B-cell depletion"]
    depths = [a["class"] for a in attributes(page, "li") if str(a.get("class")).startswith("depth")]
    assert depths == ["depth-1", "depth-2"]
    assert "/mechanisms/depletion/" in links(client.get("/mechanisms/b-cell-depletion/"))


def test_what_acts_by_it_comes_first_and_only_its_own_topics_follow(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    page = client.get("/mechanisms/depletion/")
    assert texts(page, "h2") == [
        "Therapies that act by it", "How it works", "Kinds of it", "Sources", "Cite and check",
    ]  # fmt: skip


def test_page_costs_the_same_however_deep_the_tree_is(
    client: Client, kinds: dict[str, Mechanism], django_assert_num_queries: object
) -> None:
    # head, row, entry, sources, mechanisms, therapies' facets, therapies, demonstration
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get("/mechanisms/depletion/")
