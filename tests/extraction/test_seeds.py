"""The five seed documents, read as they stand."""

from pathlib import Path

import pytest

from extraction import Reading, read

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def seed(number: int) -> Reading:
    path = next(SEEDS.glob(f"{number:03d}_*.txt"))
    return read(path.read_bytes(), name=path.name)


def fields(reading: Reading) -> dict[str, object]:
    data = reading.metadata
    names = [n for n in data.__dataclass_fields__ if n not in {"spans", "authors", "affiliations"}]
    return {name: value for name in names if (value := getattr(data, name))}


def test_seed_with_portal_chrome_yields_its_own_data_only():
    reading = seed(0)
    stated = fields(reading)
    assert len(stated.pop("related_documents")) == 4
    assert stated == {
        "title": "Monoclonal Antibodies in Multiple Sclerosis Treatment",
        "container_title": "Translational Neuroimmunology: Multiple Sclerosis",
        "publisher": "Elsevier Inc.",
        "volume": "8",
        "date": "2023",
        "date_precision": "year",
        "language": "en",
        "kind": "book-chapter",
        "hosting_site": "Tehran University of Medical Sciences — Science Communicator Platform",
    }
    assert [(a.family, a.initials, a.affiliations) for a in reading.metadata.authors] == [
        ("Moeinafshar", "A", (1, 2)),
        ("Rezaei", "N", (2, 3, 4)),
    ]
    assert [place.number for place in reading.metadata.affiliations] == [1, 2, 3, 4]


def test_seed_with_a_repeated_phrase_never_quotes_it():
    reading = seed(1)
    assert fields(reading) == {
        "title": "The immunotherapy ms",
        "language": "en",
        "kind": "web-page",
    }
    assert sum(r.label == "seo_phrase" for r in reading.regions) == 5
    quoted = [reading.text[s.start : s.end] for s in reading.sentences]
    assert len(quoted) == 22
    assert not any("immunotherapy ms" in sentence for sentence in quoted)


def test_seed_without_a_title_line_has_no_title():
    reading = seed(2)
    assert fields(reading) == {
        "language": "en",
        "kind": "web-page",
        "cited_sources": ("Immunotherapy Approaches for Multiple Sclerosis",),
    }
    assert sum(r.label == "heading" for r in reading.regions) == 8


def test_seed_with_glued_labels_comes_apart():
    reading = seed(3)
    stated = fields(reading)
    counts = stated.pop("citation_counts")
    assert [(c.provider, c.count) for c in counts] == [("Scopus", 419)]
    assert stated == {
        "title": "Multiple Sclerosis: Mechanisms and Immunotherapy",
        "issue": "4",
        "pages": "742-768",
        "number_of_pages": 27,
        "date": "2018-02-21",
        "date_precision": "day",
        "language": "en",
        "kind": "journal-review",
    }


def test_seed_with_broken_tags_loses_nothing_behind_them():
    reading = seed(4)
    assert fields(reading) == {
        "title": "Cytokines in Multiple Sclerosis – Possible Targets for Immune Therapies",
        "container_title": "J Neurol Exp Neurosci",
        "volume": "1",
        "issue": "2",
        "pages": "25-29",
        "date": "2016-01-14",
        "date_precision": "day",
        "doi": "10.17756/jnen.2016-006",
        "url": "jneuroscience.com/jnen/articles/v1n2/jnen-006-anastasiya-trenova",
        "language": "en",
        "kind": "journal-review",
        "hosting_site": "jneuroscience.com",
    }


@pytest.mark.parametrize("number", range(5))
def test_seed_fields_stand_where_their_spans_say(number):
    reading = seed(number)
    for name in ("title", "container_title", "publisher", "volume", "issue", "pages", "doi", "url"):
        value = getattr(reading.metadata, name)
        span = reading.metadata.spans.get(name)
        assert value == (span.of(reading.text) if span else "")
