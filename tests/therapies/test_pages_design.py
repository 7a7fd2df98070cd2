"""The design page shows every component of the public pages, on examples that are nowhere else."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.databases import ROOT
from tests.forgetting import nothing_remembered
from tests.html import attributes, links, text_of, texts
from tests.small_base import Base
from therapies.choices import Certainty, Direction
from therapies.pages import design, design_examples
from therapies.pages.design_examples import INVENTED, TEXTS
from therapies.pages.design_states import of_states

pytestmark = pytest.mark.django_db

PAGE = "/about/design/"
TEMPLATES = ROOT / "templates"
INCLUDED = re.compile(r'{% (?:include|extends) "([^"]+)"')


def included_by(names: set[str]) -> set[str]:
    """Everything that these templates are made of, they among it."""
    found, todo = set(), set(names)
    while todo:
        name = todo.pop()
        if name not in found and (TEMPLATES / name).exists():
            found.add(name)
            todo |= set(INCLUDED.findall((TEMPLATES / name).read_text()))
    return found


def public_components() -> set[str]:
    """The components that pages for readers include, at whatever remove; not the design page's."""
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] not in ("admin", "_components")
        and "design" not in path.name
    }
    return {name for name in included_by(pages) if name.startswith("_components/")}


def test_every_component_of_public_pages_is_shown(client: Client) -> None:
    with nothing_remembered():
        page = client.get(PAGE)
    shown = {template.name for template in page.templates}
    assert len(public_components()) > 25
    assert sorted(public_components() - shown) == []


def test_no_component_is_left_that_nothing_includes() -> None:
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "_components" not in path.parts
    }
    every = {f"_components/{path.name}" for path in (TEMPLATES / "_components").iterdir()}
    assert sorted(every - included_by(pages)) == []


def test_every_state_of_a_statement_is_shown(client: Client) -> None:
    claims = [*design_examples.THERAPY["claims"], *of_states()]
    assert {claim["certainty"] for claim in claims} == set(Certainty.values)
    directions = {item["direction"] for claim in claims for item in claim["evidence"]}
    assert directions == set(Direction.values)
    page = client.get(PAGE)
    kinds = {
        word
        for a in attributes(page, "p")
        for word in (a.get("class") or "").split()
        if word.startswith("mark-")
    }
    # Every kind of mark that the code gives but the one that stands in the margin.
    given = re.findall(r'Mark\("(\w+)"', (ROOT / "therapies/pages/marks.py").read_text())
    wanted = {*given, "void", "warned"} - {"single"}
    assert kinds == {f"mark-{kind}" for kind in wanted}
    said = text_of(page)
    for words in (
        "2 sources say so",
        "rests on one source",
        "Also on example score",
        "Disputes it",
    ):
        assert words in said
    assert "Not machine-checked" in said
    assert "stands in full under" in said


def test_both_kinds_of_absence_are_shown(client: Client) -> None:
    page = client.get(PAGE)
    assert "Not stated in our sources. We looked in all 2." in texts(page, "dl", "glance")[0]
    assert len(texts(page, "span", "ring")) == 2  # in the table and in its legend
    assert len(texts(page, "span", "dots")) > 2


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "id"]


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(client: Client) -> None:
    page = client.get(PAGE)
    ids = Ids()
    ids.feed(page.content.decode())
    assert len(ids.found) == len(set(ids.found))
    inside = {link[1:] for link in links(page) if link.startswith("#")}
    assert inside - set(ids.found) == set()


def test_page_says_that_all_is_invented_and_links_to_nothing_that_is(client: Client) -> None:
    page = client.get(PAGE)
    note = texts(page, "p", "warning")[0]
    assert note.startswith("All examples are invented.")
    assert "Examplimab, its sources, journals, results and people do not exist." in note
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    out = [link for link in links(page) if not link.startswith("#")]
    assert [link for link in out if INVENTED in link or "example.org" in link] == []
    assert links(page).count(f"#{design.NOTE}") > 20


def test_passages_of_examples_stand_in_their_texts_word_for_word() -> None:
    texts_by_id = {f"{INVENTED}{key}": text for key, text in TEXTS.items()}
    claims = [*design_examples.THERAPY["claims"], *of_states()]
    found = [item for claim in claims for item in claim["evidence"]]
    with_text = [item for item in found if "start" in item["passage"]]
    assert len(with_text) > 20
    for item in with_text:
        passage, text = item["passage"], texts_by_id[item["source"]["id"]]
        assert text[passage["start"] : passage["end"]] == passage["exact"]


def test_examples_are_on_no_other_page_and_in_no_answer(client: Client, base: Base) -> None:
    assert "Examplimab" in client.get(PAGE).content.decode()
    for path in (
        "/therapies/", "/therapies/?q=examplimab", "/sources/?q=invented", "/changes/", "/",
        "/changes.atom", "/sitemap.xml", "/api/v1/therapies/?q=examplimab", "/api/v1/claims/",
        "/api/v1/export/", f"/therapies/{INVENTED}examplimab/", "/therapies/examplimab/",
    ):  # fmt: skip
        answer = client.get(path)
        assert b"Examplimab" not in b"".join(answer)  # an export is streamed


def test_page_asks_for_no_record(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    # The log's head, and whether there is any demonstration; both for every page's frame.
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(PAGE)


def test_page_is_linked_from_about_and_the_legend_of_marks(client: Client, base: Base) -> None:
    assert PAGE in links(client.get("/about/"))
    assert PAGE in links(client.get("/therapies/ocrelizumab/"))
