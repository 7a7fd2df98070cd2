"""Fields at the top of a Markdown file, in YAML and in TOML, as people write them."""

import time

import pytest

from extraction import Reading, read


def seen(text: str) -> tuple[Reading, list[str]]:
    reading = read(text.encode(), name="x.md")
    return reading, [reading.text[s.start : s.end] for s in reading.sentences]


def names(reading: Reading) -> list[tuple[str, str]]:
    return [(a.family, a.given or a.initials) for a in reading.metadata.authors]


YAML = """---
title: >-
  Examplimab in the
  relapsing disease
author:
  - name: Ann B. Roe
    affiliation: Some Institute
  - name: {given: Bo, family: Ito}
  - Carl Moss (Some Hospital)
abstract: 'AIM: To see. RESULTS: Examplimab didn''t
  cure the disease.'
publication: "In *Journal of Samples*, 12(3)"
links:
- {name: Code, url: "https://doi.org/10.5555/code.1"}
- name: DOI
  url: http://dx.doi.org/10.5555/ABC.1
date: 2021-03-04T10:00:00Z
---

The body says more.
"""
TOML = """+++
title = 'A "small" trial of examplimab'
volume = ""
abstract = \"\"\"
Examplimab helped.

It was given twice.\"\"\"
tags = ["a",
  "title = no"]
date = 2023-02-09T00:00:00Z
[extra]
doi = "10.5555/abc.2"
[[authors]]
name = "Ann Roe"
[[authors]]
name = "Bo Ito"
+++
The body says more.
"""


def test_yaml_of_every_shape_is_read_and_its_abstract_is_prose() -> None:
    reading, sentences = seen(YAML)
    data = reading.metadata
    assert (data.title, data.container_title, data.doi, data.date) == (
        "Examplimab in the relapsing disease",
        "Journal of Samples",
        "10.5555/abc.1",
        "2021-03-04",
    )
    assert names(reading) == [("Roe", "Ann B."), ("Ito", "Bo"), ("Moss", "Carl")]
    assert sentences == [
        "To see.",
        "Examplimab didn''t\n  cure the disease.",
        "The body says more.",
    ]
    assert data.spans["title"].of(YAML) == "Examplimab in the\n  relapsing disease"


def test_toml_is_read_and_its_abstract_is_prose() -> None:
    reading, sentences = seen(TOML)
    data = reading.metadata
    assert (data.title, data.doi, data.date, data.volume) == (
        'A "small" trial of examplimab',
        "10.5555/abc.2",
        "2023-02-09",
        "",
    )
    assert names(reading) == [("Roe", "Ann"), ("Ito", "Bo")]
    assert sentences == ["Examplimab helped.", "It was given twice.", "The body says more."]


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("author: Roe A, Ito B, Moss C.", ["Roe", "Ito", "Moss"]),
        ('author: "Roe, Ann and Ito, Bo"', ["Roe", "Ito"]),
        ("authors: Roe, Ann; Ito, Bo", ["Roe", "Ito"]),
        ("author: Ann Roe & Bo Ito", ["Roe", "Ito"]),
        ("author: Roe, Ann", ["Roe"]),
        ("authors: [Ann Roe, Bo Ito]", ["Roe", "Ito"]),
        ('authors: ["Roe, Ann", "Ito, Bo"]', ["Roe", "Ito"]),
        ("authors:\n- Ann Roe\n- Bo Ito", ["Roe", "Ito"]),
        ("authors:\n- {family-names: Roe, given-names: Ann}", ["Roe"]),
        ("authors:\n  first:\n    name: Ann Roe\n  second:\n    name: Bo Ito", ["Roe", "Ito"]),
        ("author: '**Ann Roe**'", ["Roe"]),
    ],
)
def test_authors_are_read_in_the_shapes_people_write(written: str, families: list[str]) -> None:
    reading, _ = seen(f"---\ntitle: About a drug\n{written}\n---\nText.\n")
    assert [a.family for a in reading.metadata.authors] == families


def test_what_is_no_yaml_is_taken_as_it_stands_and_costs_no_other_field() -> None:
    reading, _ = seen(
        "---\ntitle: Drug A: a trial\njournal: *Journal of Samples*\n"
        'doi: "10.5555/x\nyear: 2020\n---\n'
    )
    data = reading.metadata
    assert (data.title, data.container_title, data.date) == (
        "Drug A: a trial",
        "Journal of Samples",
        "2020",
    )


def test_keys_in_capitals_lines_ended_the_other_way_and_marks_of_links_are_read() -> None:
    reading, sentences = seen(
        "\ufeff---\r\nTitle: |\r\n  About\r\n  a drug\r\nAuthors: '[[Ann Roe]], [[Bo Ito]]'\r\n"
        "Journal: '[[Some Journal]]'\r\nAbstract: >\r\n  It\r\n  helped.\r\n---\r\nBody text.\r\n"
    )
    assert names(reading) == [("Roe", "Ann"), ("Ito", "Bo")]
    assert (reading.metadata.title, reading.metadata.container_title) == (
        "About a drug",
        "Some Journal",
    )
    assert sentences == ["It\r\n  helped.", "Body text."]


def test_lists_in_the_block_claim_nothing_below_it() -> None:
    _, sentences = seen("---\ntitle: About a drug\nreferences:\n- Some work\n---\nIt helped.\n")
    assert sentences == ["It helped."]


def test_abstract_that_the_text_repeats_is_read_once() -> None:
    _, sentences = seen(
        "---\ntitle: About a drug\nabstract: The drug helped all.\n---\n"
        "## Abstract\nThe drug\nhelped all.\n"
    )
    assert sentences == ["The drug\nhelped all."]


def test_text_between_two_rules_is_no_front_matter() -> None:
    assert seen("---\nThe drug was given twice.\n---\nIt helped.\n")[1] == [
        "The drug was given twice.",
        "It helped.",
    ]


def test_two_works_among_the_links_give_no_doi() -> None:
    reading, _ = seen(
        "---\ntitle: About a drug\nlinks: [https://doi.org/10.5555/a, https://doi.org/10.5555/b]\n"
        "references: [https://doi.org/10.5555/c]\n---\nText.\n"
    )
    assert reading.metadata.doi == ""


@pytest.mark.parametrize(
    "block",
    [
        "title: " + "[" * 30_000,
        "title: &a [*a, *a]\nauthors: *a",
        "a: &a [x]\n" + "".join(f"k{n}: &b{n} [*a, *a, *a]\n" for n in range(300)),
        "author: !!python/object/apply:os.system [ls]",
        "title: '" + "x " * 20_000,
        "abstract: |\n" + "  - a\n" * 9000,
    ],
)
def test_hostile_front_matter_is_harmless(block: str) -> None:
    begun = time.process_time()
    reading, _ = seen(f"---\n{block}\n---\nText.\n")
    assert reading.text
    seen(f"+++\n{block.replace(': ', ' = ')}\n+++\nText.\n")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("publication", "place"),
    [
        ("*Journal of Samples, 12*(3), pp. 101-108", ("Journal of Samples", "12", "3", "101-108")),
        ("*Journal of Samples* 12(3)", ("Journal of Samples", "12", "3", "")),
        ("In *Journal of Samples, 12*, 101-108", ("Journal of Samples", "12", "", "101-108")),
        ("Congress of Samples 2019", ("Congress of Samples 2019", "", "", "")),
        ("*Journal of Samples*", ("Journal of Samples", "", "", "")),
    ],
)
def test_journal_is_parted_from_the_place_in_it(
    publication: str, place: tuple[str, str, str, str]
) -> None:
    found = seen(f'---\ntitle: Examplimab\npublication: "{publication}"\n---\nText.\n')[0].metadata
    assert (found.container_title, found.volume, found.issue, found.pages) == place


def test_source_of_a_clipping_is_its_address() -> None:
    found = seen("---\ntitle: A\nsource: https://coast.example/a\n---\nText.\n")[0].metadata
    assert found.url == "https://coast.example/a"
    assert not seen("---\ntitle: A\nsource: The Coast\n---\nText.\n")[0].metadata.url


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("Kim Marsh and the Coast Team", ["Marsh", "Coast Team"]),
        ("Kim Marsh, MD, PhD and the Coast Team", ["Marsh", "Coast Team"]),
        ("the editors of the Coast Letter", ["the editors of the Coast Letter"]),
        ("{family: Sukarno}", ["Sukarno"]),
    ],
)
def test_authors_that_fit_no_pattern_are_kept(written: str, families: list[str]) -> None:
    text = f"---\ntitle: Cladribine in multiple sclerosis\nauthor: {written}\n---\n\nIt helps.\n"
    found = read(text.encode(), name="x.md").metadata.authors
    assert [author.family for author in found] == families
