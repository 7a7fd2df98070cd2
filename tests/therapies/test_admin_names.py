"""Names in the workroom: none that is another record's, none that is nearly so unasked."""

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from editorial import actions
from editorial.models import User
from tests.building import claim, mechanism, person, publish, source_with_text, therapy
from tests.html import text_of, texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Mechanism, Subject, Synonym, Therapy
from therapies.names import keys_in, keys_together, near_keys
from therapies.subjects import key_of
from therapies.vocabulary import load

pytestmark = pytest.mark.django_db

TEXT = "Drug A reduced relapses."


@pytest.fixture
def editor() -> User:
    return staff("editor")


def add(user: User, name: str, kind: str = "therapy", **typed: str) -> Any:
    """The answer to a form for a new record."""
    address = reverse(f"admin:therapies_{kind}_add")
    client = signed_in(user)
    fields = fields_of(client.get(address).content.decode(), f"{kind}_form")
    return client.post(address, {**fields, "name": name, **typed})


def change(user: User, record: Subject, **typed: str) -> Any:
    client = signed_in(user)
    html = client.get(page(record, "change")).content.decode()
    fields = fields_of(html, f"{record.record_type}_form")
    return client.post(page(record, "change"), {**fields, **typed})


def again(user: User, answer: Any, **typed: str) -> Any:
    """The form that came back, ticked and posted as it is."""
    html = answer.content.decode()
    kind = "mechanism" if "mechanism_form" in html else "therapy"
    fields = fields_of(html, f"{kind}_form")
    tick = re.search(r'name="is_another"\s+value="([0-9a-f]+)"', html)
    assert tick
    path = answer.request["PATH_INFO"]
    return signed_in(user).post(path, {**fields, "is_another": tick[1], **typed})


def errors(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(texts(answer, "ul", "errorlist"))


def is_linked(answer: Any, record: Subject) -> bool:
    return f'<a href="{page(record, "change")}">' in answer.content.decode()


@pytest.mark.parametrize("typed", ["Ocre\u00adlizumab", "Ocre\u200blizumab", "Осrelizumab"])
def test_name_with_what_nobody_sees_makes_no_second_record(editor: User, typed: str) -> None:
    record, other = therapy("Ocrelizumab"), therapy("Drug B")
    for answer in (add(editor, typed), change(editor, other, name=typed)):
        assert re.search("is not seen: delete it|looks like “O”", errors(answer))
    assert set(Therapy.objects.values_list("name", flat=True)) == {record.name, other.name}


def is_asked(answer: Any) -> bool:
    return "Is it another one?" in answer.content.decode()


@pytest.mark.parametrize(
    ("there", "typed", "words"),
    [
        ({}, "ocrelizumab", "“ocrelizumab” is the name of Ocrelizumab."),
        ({}, "ＯＣＲＥＬＩＺＵＭＡＢ", "is the name of Ocrelizumab."),
        ({}, "Ocrevus", "“Ocrevus” is, in the vocabulary, a brand name of Ocrelizumab."),
        ({}, "OCREVUS®", "is, in the vocabulary, a brand name of Ocrelizumab."),
        ({"brands": ["Ocrevus"]}, "OCREVUS®", "is a brand name of Ocrelizumab."),
        ({"synonyms": ["Newname-7"]}, "newname 7", "is a synonym of Ocrelizumab."),
        ({"name": "Interferon beta-1a"}, "IFNβ-1a", "a synonym of Interferon beta-1a."),
        ({"name": "Vitamin D"}, "Vitamin  D", "“Vitamin D” is the name of Vitamin D."),
        ({"name": "Ocrevus"}, "Ocrelizumab", "is in the vocabulary the same as “Ocrevus”"),
        ({"name": "Ocrevus"}, "Xacrom", "the same as “Ocrevus”, which is the name of Ocrevus."),
        ({"name": "Drug A", "brands": ["Ocrevus"]}, "Ocrelizumab", "which is a brand name of"),
        ({"name": "Monoclonal antibody"}, "Monoclonal antibodies", "of Monoclonal antibody."),
    ],
)  # fmt: skip
def test_name_of_another_record_is_refused_with_a_link(
    editor: User, there: dict[str, Any], typed: str, words: str
) -> None:
    record = therapy(**{"name": "Ocrelizumab", **there})
    answer = add(editor, typed, brands="Kept")
    assert words in errors(answer)
    assert is_linked(answer, record)
    assert not is_asked(answer)
    kept = fields_of(answer.content.decode(), "therapy_form")
    assert (kept["name"], kept["brands"]) == (typed, "Kept")
    assert Therapy.objects.get() == record
    other = therapy("Drug B")
    assert words in errors(change(editor, other, name=typed))
    other.refresh_from_db()
    assert other.name == "Drug B"


def test_rename_through_a_revision_is_refused_too(editor: User) -> None:
    therapy("Ocrelizumab")
    record = therapy("Drug A")
    claim(record, TEXT, source=publish(source_with_text(TEXT)), topic="outcome")
    draft = actions.revise(publish(record), by=editor)
    assert "a brand name of Ocrelizumab" in errors(change(editor, draft, name="Ocrevus"))
    assert change(editor, draft, name="Drug Omega").status_code == 302


@pytest.mark.parametrize("withdrawn", [False, True])
def test_name_that_readers_are_shown_stays_taken(editor: User, withdrawn: bool) -> None:
    record = therapy("Drug A", brands=["Abarix"])
    claim(record, TEXT, source=publish(source_with_text(TEXT)), topic="outcome")
    record = publish(record)
    if withdrawn:
        actions.withdraw(record, by=person("reviewer"), note="Wrong.")
    draft = actions.revise(record, by=editor)
    draft.name, draft.brands = "Something else", []
    draft.save()
    for typed in ("DRUG A", "Abarix"):
        answer = add(editor, typed)
        assert "name that readers are shown of Something else" in errors(answer)
    assert change(editor, draft, name="Drug A").status_code == 302


def test_names_that_editors_added_count_as_the_vocabularys(editor: User) -> None:
    therapy("Natalizumab")
    Synonym.objects.create(
        kind="therapy", canonical="Natalizumab", term="NTZ-1", user_id=1, user_name="Ann"
    )
    assert "in the vocabulary, a synonym of Natalizumab" in errors(add(editor, "NTZ 1"))


def test_other_name_of_what_no_record_has_is_asked_once(editor: User) -> None:
    answer = add(editor, "Ocrevus")
    assert "is a brand name of “Ocrelizumab” in the vocabulary." in errors(answer)
    assert Therapy.objects.count() == 0
    assert again(editor, answer).status_code == 302
    made = Therapy.objects.get()
    assert made.name == "Ocrevus"
    assert change(editor, made, brands="Xacrom").status_code == 302
    assert change(editor, made, name="Ocrelizumab").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.brands) == ("Ocrelizumab", ["Xacrom"])


def test_record_that_says_both_names_is_not_asked(editor: User) -> None:
    assert add(editor, "Ocrevus", synonyms="Ocrelizumab").status_code == 302


@pytest.mark.parametrize(
    ("there", "typed", "words"),
    [
        ("Interferon beta-1a", "Interferon beta-1b", "nearly “Interferon beta-1a”, the name of"),
        ("Ocrelizumab", "Ocrelizmab", "nearly “Ocrelizumab”, the name of Ocrelizumab."),
        ("Ocrelizumab", "Ocrevuss", "nearly “Ocrevus”, in the vocabulary a brand name of"),
        ("Drug Alpha <b>", "Drug Alhpa <b>", "is nearly “Drug Alpha <b>”"),
        ("BIIB033", "BIIB-033", "nearly “BIIB033”, the name of BIIB033."),
        ("IL 2", "IL2", "nearly “IL 2”, the name of IL 2."),
        ("Drug B", "Natalizumb", "nearly “Natalizumab”, in the vocabulary the name of"),
    ],
)
def test_near_name_is_asked_once(editor: User, there: str, typed: str, words: str) -> None:
    record = therapy(there, slug="there")
    answer = add(editor, typed, synonyms="Kept")
    assert words in errors(answer)
    assert b"<b>" not in answer.content
    assert is_asked(answer)
    assert is_linked(answer, record) == (there != "Drug B")
    assert Therapy.objects.count() == 1
    assert again(editor, answer).status_code == 302
    made = Therapy.objects.latest("pk")
    assert (made.name, made.synonyms) == (typed, ["Kept"])
    assert change(editor, made, synonyms="Kept\r\nMore").status_code == 302


def test_tick_answers_what_was_asked_and_nothing_else(editor: User) -> None:
    therapy("Interferon beta-1a")
    therapy("Drug Alpha")
    answer = add(editor, "Interferon beta-1b")
    other = again(editor, answer, name="Drug Alphe")
    assert "nearly “Drug Alpha”" in errors(other)
    assert Therapy.objects.count() == 2
    assert add(editor, "Interferon beta-1b", is_another="on").status_code == 200


def test_tick_is_kept_when_something_else_is_wrong(editor: User) -> None:
    therapy("Interferon beta-1a")
    answer = again(editor, add(editor, "Interferon beta-1b"), identifiers="nonsense")
    assert "is not of the form" in errors(answer)
    assert "checked" in answer.content.decode().partition('name="is_another"')[2][:120]
    assert again(editor, answer, identifiers="").status_code == 302


@pytest.mark.parametrize("there", [True, False])
def test_name_of_the_other_type_is_asked(editor: User, there: bool) -> None:
    record = therapy("Ocrelizumab") if there else None
    answer = add(editor, "ocrevus", "mechanism")
    assert "Ocrelizumab" in errors(answer)
    assert record is None or is_linked(answer, record)
    assert again(editor, answer).status_code == 302
    assert Mechanism.objects.get().name == "ocrevus"


def test_brand_or_synonym_that_another_record_has_is_asked(editor: User) -> None:
    therapy("Methotrexate", synonyms=["MTX"])
    therapy("Ocrelizumab")
    record = therapy("Mitoxantrone")
    answer = change(editor, record, synonyms="MTX", brands="Ocrevus")
    assert "“MTX” is a synonym of Methotrexate." in errors(answer)
    assert "“Ocrevus” is, in the vocabulary, a brand name of Ocrelizumab." in errors(answer)
    assert again(editor, answer).status_code == 302
    record.refresh_from_db()
    assert (record.synonyms, record.brands) == (["MTX"], ["Ocrevus"])
    assert change(editor, record, synonyms="MTX\r\nMore").status_code == 302


def test_shared_abbreviation_bars_no_name(editor: User) -> None:
    record = therapy("Mitoxantrone", synonyms=["MTX"])
    Synonym.objects.create(
        kind="therapy", canonical="Methotrexate", term="MTX", user_id=1, user_name="Ann"
    )
    answer = add(editor, "Methotrexate")
    assert "same as “MTX”, which is a synonym of Mitoxantrone" in errors(answer)
    assert is_linked(answer, record)
    assert again(editor, answer).status_code == 302


def test_record_that_has_the_name_already_can_be_edited_otherwise(editor: User) -> None:
    therapy("Ocrelizumab")
    record = therapy("Ocrevus")
    assert change(editor, record, identifiers="ATC: L04AG08").status_code == 302
    assert change(editor, record, name="OCREVUS").status_code == 302
    record.full_clean()


def test_names_are_stored_tidily(editor: User) -> None:
    typed = {"brands": "Bra\u0308nd   one", "synonyms": "Softly  said\r\n\r\nTwo"}
    assert add(editor, " The\u0301rapie \u00a0 novelle ", **typed).status_code == 302
    made = Therapy.objects.get()
    assert (made.name, made.brands) == ("Th\u00e9rapie novelle", ["Br\u00e4nd one"])
    assert made.synonyms == ["Softly said", "Two"]
    assert "at least one letter or digit" in errors(add(editor, "®"))
    assert "U+00AD SOFT HYPHEN is not seen" in errors(add(editor, "nou\u00advelle"))


def test_folded_names_follow_every_save() -> None:
    record = therapy("Drug A", brands=["Aba®"], synonyms=["IFN-β1a", "drug a"])
    assert record.folded_names == "\ndrug a\naba\nifn beta 1a\n"
    record.brands = []
    record.save(update_fields=["brands"])
    record.refresh_from_db()
    assert keys_in(record.folded_names) == ["drug a", "ifn beta 1a"]
    record.name = "Drug B"
    record.save(update_fields=["state"])
    record.refresh_from_db()
    assert record.folded_names.startswith("\ndrug a\n")
    assert keys_in(keys_together([])) == []


def test_migration_fills_rows_that_are_frozen_too() -> None:
    record = therapy("Drug A", brands=["Abarix"])
    claim(record, TEXT, source=publish(source_with_text(TEXT)), topic="outcome")
    publish(record)
    acts = mechanism("Depletion", synonyms=["Removal"])
    before = [record.folded_names, acts.folded_names]
    Therapy.objects.update(folded_names="")
    Mechanism.objects.update(folded_names="")
    fill = import_module("therapies.migrations.0003_folded_names").fill
    fill(apps, SimpleNamespace(connection=connection))
    record.refresh_from_db()
    acts.refresh_from_db()
    assert [record.folded_names, acts.folded_names] == before


def test_migration_folds_capitals_that_are_other_forms() -> None:
    record, taken, other = therapy("№ 5"), therapy("IX"), therapy("ℐX 7")
    acts, added = mechanism("37 ℃ warmth"), Synonym(kind="therapy", canonical="x", term="ᴬz")
    added.user_id = 1
    added.save()
    claim(record, TEXT, source=publish(source_with_text(TEXT)), topic="outcome")
    publish(record)
    Therapy.objects.filter(pk=record.pk).update(folded_name="No 5", folded_names="\nNo 5\n")
    Therapy.objects.filter(pk=other.pk).update(name="ℐX", folded_name="Ix", folded_names="\nIx\n")
    Mechanism.objects.update(folded_name="37 °C warmth", folded_names="\n37 °C warmth\n")
    Synonym.objects.update(folded="Az")
    fill = import_module("therapies.migrations.0004_fold_capitals").fill
    fill(apps, SimpleNamespace(connection=connection))
    for row in (record, taken, other, acts, added):
        row.refresh_from_db()
    assert (record.folded_name, record.folded_names) == ("no 5", "\nno 5\n")
    assert (taken.folded_name, other.folded_name, other.folded_names) == ("ix", "Ix", "\nix\n")
    assert (acts.folded_name, added.folded) == ("37 °c warmth", "az")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Interferon beta-1a", "Interferon beta-1b", True),
        ("Ocrevus", "Ocrevis", True),
        ("Ocrelizumab", "Ocrelizuamb", True),
        ("Interferon beta-1a", "Intreferon bta-1a", True),
        ("BIIB091", "BIIB061", False),
        ("BIIB033", "BIIB 033", True),
        ("IL 2", "IL2", True),
        ("IL-2", "IL-2", False),
        ("T-cell vaccination therapy arm", "Tcellvaccinationtherapyarm", True),
        ("tDCS", "tsDCS", False),
        ("MTX", "MTXX", False),
        ("Natalizumab", "Satralizumab", False),
        ("Rituximab", "Ublituximab", False),
        ("Prednisone", "Prednisolone", False),
    ],
)
def test_near_is_a_typo_away(one: str, other: str, near: bool) -> None:
    assert bool(near_keys(key_of(one), [key_of(other)])) is near


def test_few_entries_of_the_vocabulary_are_near_each_other() -> None:
    """What is asked of an editor is asked seldom: siblings that differ in a sign or two."""
    names = {key_of(n): e.name for k, e in load().entries() if k == "therapy" for n in e.names}
    keys = list(names)
    pairs = {
        frozenset({names[key], names[near]})
        for key in keys
        for near in near_keys(key, keys)
        if names[near] != names[key]
    }
    assert frozenset({"Interferon beta-1a", "Interferon beta-1b"}) in pairs
    assert len(pairs) < 20, pairs


def test_one_save_asks_few_questions_of_the_database(
    editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        therapy(f"Something number {number}", synonyms=[f"Other name of {number}"])
    client: Client = signed_in(editor)
    address = reverse("admin:therapies_therapy_add")
    fields = fields_of(client.get(address).content.decode(), "therapy_form")
    with django_assert_max_num_queries(35):
        answer = client.post(address, {**fields, "name": "Something number 31"})
    assert "Something number" in text_of(answer)


def test_record_whose_name_was_taken_when_names_were_folded_anew_is_told_so(editor: User) -> None:
    """It kept its older key then; the form says whose name it has, not that rows clash."""
    therapy("Ibc")
    later = therapy("Another")
    Therapy.objects.filter(pk=later.pk).update(
        name="ℐbc", folded_name="Ibc", folded_names="\nibc\n"
    )
    later.refresh_from_db()
    answer = change(editor, later, synonyms="one")
    assert "is the name of Ibc." in errors(answer)
    assert change(editor, later, name="Icb antibody", synonyms="one").status_code == 302
