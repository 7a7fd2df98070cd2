"""One folding for reading, searching and checking names."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from extraction.names.lexicon import lexicon_of
from extraction.names.mentions import Search
from extraction.types import Span
from publication.folding import BREAK, aligned, folded, words
from tests.building import claim, mechanism, publish, source_with_text, therapy
from therapies.models import Therapy
from therapies.vocabulary import load


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IFN-β1a", "ifn beta 1a"),
        ("IFNbeta-1a", "ifnbeta 1a"),
        ("IFN&beta;-1a", "ifn beta 1a"),
        ("IFN&Beta;1a", "ifn beta 1a"),
        ("INTERFERON-ß", "interferon beta"),
        ("ß-interferon", "beta interferon"),
        ("Ørsted, Łukasz; Æsir Œuvre", "orsted, lukasz; aesir oeuvre"),
        ("Straße", "strasse"),
        ("λ", "lambda"),
        ("IFN-λ1", "ifn lambda 1"),
        ("TGF-β1", "tgf beta 1"),
        ("α4β1 integrin", "alpha 4 beta 1 integrin"),
        ("γδ T cells", "gamma delta t cells"),
        ("ϐ Β β", "beta beta beta"),
        ("σκλήρυνση", "σκληρυνση"),
        ("10 µg", "10 mu g"),
        ("naïve T-cells", "naive t cells"),
        ("Ocrevus® (Roche)", "ocrevus (roche)"),
        ("natali\u00adzumab", "natalizumab"),
        ("B<sub>12</sub>", "b12"),
        ("one – two", "one – two"),
        ("one\n\ntwo", f"one{BREAK}two"),
        ("𝐍𝐀𝐓𝐀𝐋𝐈𝐙𝐔𝐌𝐀𝐁 ℐ ᴬ", "natalizumab i a"),
        ("№ 5 at 37 ℃", "no 5 at 37 °c"),
        ("", ""),
    ],
)
def test_text_is_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_words_have_no_signs() -> None:
    assert words("anti-CD20 (Ocrevus®); β-test’s") == [
        "anti", "cd20", "ocrevus", "beta", "test", "s",
    ]  # fmt: skip
    assert words("–;®") == []


@given(st.text(st.sampled_from("aBβß&eta;<>/sub1 -\n\u00adγ™é"), max_size=30))
def test_every_folded_character_has_its_place(text: str) -> None:
    found = aligned(text)
    assert len(found.text) == len(found.at) == len(found.to)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.at, found.to, strict=True))
    assert list(found.at) == sorted(found.at)


@given(st.text(st.sampled_from("aBzéÑüÖßαΒλµγ-1 2®’ℐ№ᴬ℃𝐍İ"), max_size=40))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


# A name that texts are read with is found by those who look for it.

NAMES = ["IFN-β1a", "ß-interferon", "λ-carrageenan", "γδ-cell therapy", "anti-CD20 β-test"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_name_is_found_however_it_is_typed(name: str, client: Client) -> None:
    source = publish(source_with_text("A source. It works."))
    record = therapy("Drug A", synonyms=[name])
    claim(record, "It works.", source=source)
    publish(record)
    for typed in (name, name.upper().replace("SS", "ß"), folded(name), name.replace("-", " ")):
        for path in ("/therapies/", "/api/v1/therapies/"):
            assert "Drug A" in client.get(path, {"q": typed}).content.decode()


@pytest.mark.django_db
def test_source_is_found_however_it_is_typed(client: Client) -> None:
    title = "IFN-β1a in Müller’s cohort"
    authors = [{"family": "Ørsted", "initials": "Å"}]
    publish(source_with_text(title, title=title, authors=authors, container_title="Ann Neurol"))
    for typed in (title, "ifn beta 1a", "MULLER", "müller's COHORT", "orsted", "neurol ANN"):
        for path in ("/sources/", "/api/v1/sources/"):
            page = client.get(path, {"q": typed}).content.decode()
            assert "cohort" in page.replace(typed, ""), (typed, path)


@pytest.mark.django_db
def test_two_records_of_a_type_are_never_told_apart_by_spelling_alone() -> None:
    therapy("IFN-β1a")
    for spelling in ("ifn beta 1a", "IFN beta-1a", "IFN‑β1a"):
        assert Therapy.called(spelling).count() == 1
        with pytest.raises(ValidationError, match="is the name of IFN-β1a"):
            Therapy(name=spelling, slug="other").full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            therapy(spelling, slug="other")
    mechanism("IFN beta 1a")  # another type
    row = therapy("Drug A")
    row.name = "Drug Λ"
    row.save(update_fields=["name"])
    assert Therapy.called("drug lambda").get() == row


def test_every_name_of_the_vocabulary_is_read_and_found_alike() -> None:
    forms = lexicon_of(load()).forms
    for _, entry in load().entries():
        for name in (entry.name, *entry.synonyms):
            assert folded(name) in forms
            assert words(name) == words(folded(name))


def test_text_is_read_with_what_search_finds() -> None:
    text = "IFN-β1a and ß-interferon in multiple sclerosis."
    found = Search.through(text, load()).mentions([Span(0, len(text))])
    assert [text[m.start : m.end] for m in found if m.kind == "therapy"] == [
        "IFN-β1a",
        "ß-interferon",
    ]
