"""Names that editors add: read with at once, never for two entries, added by form or not at all."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from editorial.models import User
from extraction.names.lexicon import lexicon_of
from extraction.names.mentions import Search
from extraction.types import Span
from tests.html import texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Synonym
from therapies.vocabulary import lint, load

pytestmark = pytest.mark.django_db

TEXT = "Natalizumab, here NTZ-1, depletes nothing."


def synonym(term: str, canonical: str = "Natalizumab", kind: str = "therapy") -> Synonym:
    row = Synonym(term=term, canonical=canonical, kind=kind, user_id=1, user_name="Ann")
    row.full_clean()
    row.save()
    return row


def names_in(text: str) -> list[str]:
    return [
        text[mention.start : mention.end]
        for mention in Search.through(text, vocabulary_in_use()).mentions([Span(0, len(text))])
        if mention.canonical == "Natalizumab"
    ]


def fault(term: str, canonical: str = "Natalizumab", kind: str = "therapy") -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        synonym(term, canonical, kind)
    return dict(refused.value.message_dict)


def test_without_synonyms_the_vocabulary_is_the_projects_own() -> None:
    assert vocabulary_in_use() is load()


def test_synonym_counts_at_once_and_its_deletion_too() -> None:
    assert names_in(TEXT) == ["Natalizumab"]
    row = synonym("NTZ-1")
    assert names_in(TEXT) == ["Natalizumab", "NTZ-1"]
    row.term = "depletes nothing"
    row.save()
    assert names_in(TEXT) == ["Natalizumab", "depletes nothing"]
    row.delete()
    assert names_in(TEXT) == ["Natalizumab"]


def test_what_is_made_from_the_vocabulary_is_kept_until_a_synonym_changes() -> None:
    synonym("NTZ-1")
    first = vocabulary_in_use()
    assert vocabulary_in_use() is first
    assert lexicon_of(vocabulary_in_use()) is lexicon_of(first)
    synonym("NTZ-2")
    assert vocabulary_in_use() is not first


def test_vocabulary_with_synonyms_has_no_fault() -> None:
    synonym("NTZ-1")
    synonym("annual relapses", "relapse rate", "outcome")
    synonym("killing of plasma cells", "Depletion of plasma cells", "mechanism")
    synonym("bout-onset MS", "Relapsing MS", "course")
    assert lint(vocabulary_in_use()) == []
    entry = vocabulary_in_use().mechanism("Depletion of plasma cells")
    assert entry is not None
    assert (entry.target, entry.synonyms) == ("plasma cells", ("killing of plasma cells",))


def test_canonical_name_is_written_as_the_vocabulary_has_it() -> None:
    assert synonym("NTZ-1", "NATALIZUMAB").canonical == "Natalizumab"


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("N", "Too short: a name has 3"),
        ("N-1", "Too short: a name has 3"),
        ("ntz", "Too short: with fewer than 5"),
        ("the", "Too short: with fewer than 5"),
        ("Ocrevus", "is a name of the therapy “Ocrelizumab” already"),
        ("OCREVUS", "is a name of the therapy “Ocrelizumab” already"),
        ("anti-CD20-antibodies", "is a name of"),
        ("Relapse-Rates", "is a name of the outcome “Relapse rate” already"),
        ("Tysabri", "Texts are read with this name of “Natalizumab” already"),
        ("B-cells", "what mechanisms act on"),
    ],
)
def test_name_that_would_mislead_is_refused(term: str, words: str) -> None:
    refused = fault(term)
    assert list(refused) == ["term"]
    assert words in refused["term"][0]


def test_name_that_the_vocabulary_passes_over_is_refused() -> None:
    assert "means something else" in fault(load().others[0])["term"][0]


def test_name_is_added_once() -> None:
    synonym("Natalix-7")
    expected = {"term": ["Ann added it already, as a name of “Natalizumab”."]}
    assert fault("natalix 7") == expected
    assert fault("NATALIX 7", "Ocrelizumab") == expected


@pytest.mark.parametrize(
    ("canonical", "kind"),
    [("Newmab", "therapy"), ("Natalizumab", "outcome"), ("Tysabri", "therapy")],
)
def test_entry_has_to_be_in_the_vocabulary(canonical: str, kind: str) -> None:
    assert fault("NTZ-1", canonical, kind) == {
        "canonical": [f"The vocabulary has no {kind} “{canonical}”."]
    }


# In the workroom

ADD = "admin:therapies_synonym_add"


def add(user: User, **typed: str) -> Any:
    return signed_in(user).post(reverse(ADD), {"term": "NTZ-1", **typed})


def test_editor_adds_corrects_and_deletes_a_synonym() -> None:
    editor = staff("editor", "Ann Example")
    assert add(editor, canonical="therapy:Natalizumab").status_code == 302
    row = Synonym.objects.get()
    assert (row.kind, row.canonical, row.term) == ("therapy", "Natalizumab", "NTZ-1")
    assert (row.user_id, row.user_name) == (editor.pk, "Ann Example")
    client = signed_in(staff("editor"))
    fields = fields_of(client.get(page(row, "change")).content.decode(), "synonym_form")
    assert fields["canonical"] == "therapy:Natalizumab"
    changed = {**fields, "term": "NTZ-2", "canonical": "therapy:Rituximab"}
    assert client.post(page(row, "change"), changed).status_code == 302
    row.refresh_from_db()
    assert (row.canonical, row.term, row.user_name) == ("Rituximab", "NTZ-2", "Ann Example")
    assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 302
    assert Synonym.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"canonical": ""}, "This field is required."),
        ({"canonical": "therapy:Newmab"}, "Select a valid choice."),
        (
            {"canonical": "therapy:Natalizumab", "term": "Ocrevus"},
            "“Ocrevus” is a name of the therapy",
        ),
    ],
)
def test_refused_form_says_why_beside_the_field(typed: dict[str, str], words: str) -> None:
    answer = add(staff("editor"), **typed)
    assert answer.status_code == 200
    assert words in texts(answer, "ul", "errorlist")[0]
    assert Synonym.objects.count() == 0


def test_administrator_looks_and_adds_nothing() -> None:
    row = synonym("NTZ-1")
    administrator = staff("administrator")
    assert add(administrator, canonical="therapy:Natalizumab").status_code == 403
    answer = signed_in(administrator).get(page(row, "change"))
    assert (answer.status_code, b'name="term"' in answer.content) == (200, False)
