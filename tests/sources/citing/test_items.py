"""Works and pages as CSL-JSON: what is stated, and no more."""

import unicodedata
from typing import Any

import pytest

from sources.choices import SourceKind
from sources.citing import csl
from sources.citing.items import _TYPES, of_page, of_work, tidy
from tests.sources.citing.texts import body, work


def test_work_is_told_in_the_terms_of_csl() -> None:
    item = work(
        title="Cytokines\n in MS",
        authors=[{"family": "Trenova", "given": "Anastasiya G."}],
        container_title="J Neurol",
        date="2016-01-14",
        volume="1",
        issue="2",
        pages="25-29",
        doi="10.17756/jnen.2016-006",
        pmid="123",
        language="en",
    )
    assert item == {
        "id": "trenova2016-1f598c52",
        "type": "article-journal",
        "title": "Cytokines in MS",
        "author": [{"family": "Trenova", "given": "Anastasiya G."}],
        "container-title": "J Neurol",
        "issued": {"date-parts": [[2016, 1, 14]]},
        "volume": "1",
        "issue": "2",
        "page": "25-29",
        "DOI": "10.17756/jnen.2016-006",
        "PMID": "123",
        "language": "en",
    }


def test_work_that_states_nothing_has_its_name_in_brackets_alone() -> None:
    assert work() == {"id": "1f598c52", "type": "article-journal", "title": "[A work]"}


def test_title_that_was_made_stands_in_brackets() -> None:
    item = work(title="Immune therapy seeks…", title_made=True)
    assert item["title"] == "[Immune therapy seeks…]"


@pytest.mark.parametrize("kind", SourceKind.values)
def test_every_kind_has_a_type(kind: str) -> None:
    assert kind in _TYPES
    assert work(kind=kind)["type"] == _TYPES[kind]


def test_kind_that_only_a_newer_content_knows_is_a_document() -> None:
    assert work(kind="podcast")["type"] == "document"


def test_guideline_in_a_journal_is_an_article() -> None:
    assert work(kind="guideline", container_title="Neurology")["type"] == "article-journal"
    assert work(kind="guideline", publisher="NICE")["type"] == "report"


def test_site_of_a_web_page_stands_for_what_it_appeared_in() -> None:
    assert work(kind="web-page", hosting_site="example.org")["container-title"] == "example.org"
    assert "container-title" not in work(kind="book-chapter", hosting_site="example.org")


def test_registry_number_is_that_of_a_registration() -> None:
    assert work(kind="trial-registration", registry_id="NCT00241254")["number"] == "NCT00241254"
    assert "number" not in work(kind="trial-report", registry_id="NCT00241254")


@pytest.mark.parametrize(
    ("stated", "parts"),
    [("2018", [2018]), ("2018-02", [2018, 2]), ("2018-02-21", [2018, 2, 21])],
)
def test_date_says_what_is_stated(stated: str, parts: list[int]) -> None:
    assert work(date=stated)["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize("stated", ["", "2018-13", "spring 2018"])
def test_what_is_no_date_is_none(stated: str) -> None:
    item = work(date=stated)
    assert "issued" not in item
    assert item["id"] == "1f598c52"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"family": "Müller", "initials": "A"}, {"family": "Müller", "given": "A."}),
        ({"family": "Lee", "initials": "AB"}, {"family": "Lee", "given": "A. B."}),
        ({"family": "Lee", "initials": "J-P"}, {"family": "Lee", "given": "J.-P."}),
        ({"family": "Lee", "initials": "ThM"}, {"family": "Lee", "given": "Th. M."}),
        ({"family": "Lee", "initials": "AÉ"}, {"family": "Lee", "given": "A. É."}),
        ({"family": "Lee", "initials": "A. B."}, {"family": "Lee", "given": "A. B."}),
        ({"family": "Smith Group"}, {"literal": "Smith Group"}),
        ({"family": "Weiner"}, {"family": "Weiner"}),
        ({"given": "Madonna"}, {"family": "Madonna"}),
        ({"family": "van der Berg", "given": "A."}, {"family": "van der Berg", "given": "A."}),
        (
            {"family": "Berg", "given": "Anna van der"},
            {"family": "Berg", "given": "Anna", "dropping-particle": "van der"},
        ),
        ({"family": "王", "given": "伟"}, {"family": "王", "given": "伟"}),
    ],
)
def test_name_is_parted_as_far_as_it_is_stated(
    author: dict[str, Any], name: dict[str, str]
) -> None:
    assert work(authors=[author])["author"] == [name]


def test_author_who_has_no_name_is_none() -> None:
    assert "author" not in work(authors=[{"family": " "}])


def test_what_became_of_a_work_is_its_note() -> None:
    assert of_work(body(title="T"), note="Retracted")["note"] == "Retracted"


def test_page_is_cited_at_its_permanent_address() -> None:
    item = of_page(
        key="msportal-o-v3",
        title="Ocrelizumab",
        version=3,
        day="2026-05-03",
        url="https://example.org/therapies/ocrelizumab/v/3/",
    )
    assert item == {
        "id": "msportal-o-v3",
        "type": "webpage",
        "title": "Ocrelizumab",
        "author": [{"literal": "msportal"}],
        "version": "3",
        "issued": {"date-parts": [[2026, 5, 3]]},
        "URL": "https://example.org/therapies/ocrelizumab/v/3/",
        "language": "en",
    }


def test_csl_json_is_the_items_as_they_are() -> None:
    assert csl.write([{"id": "a", "type": "webpage", "title": "β"}]) == (
        '[\n  {\n    "id": "a",\n    "type": "webpage",\n    "title": "β"\n  }\n]\n'
    )


def test_text_is_on_one_line_and_steers_no_terminal() -> None:
    assert tidy(" a\r\n b\u2028c\x1b[31m\ud800 ") == "a b c[31m"
    left_out = {n for n in (*range(0x3000), *range(0xD700, 0xE100)) if tidy(f"a{chr(n)}b") == "ab"}
    steering = {n for n in range(0xE100) if unicodedata.category(chr(n)) in ("Cc", "Cs")}
    assert left_out == {n for n in steering if not chr(n).isspace()}
