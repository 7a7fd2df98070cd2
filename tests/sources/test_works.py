"""One work is one source: what is typed in the workroom is compared with what is there."""

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from editorial import actions
from editorial.models import User
from sources.models import Source
from tests.building import publish, source_with_text
from tests.html import texts
from tests.workroom import fields_of, page, signed_in, staff

pytestmark = pytest.mark.django_db

TITLE = "Interferon-β in Müller’s cohort"


@pytest.fixture
def editor() -> User:
    return staff("editor")


def post(user: User, address: str, **typed: str) -> Any:
    client = signed_in(user)
    fields = fields_of(client.get(address).content.decode(), "source_form")
    return client.post(address, {**fields, **typed})


def add(user: User, **typed: str) -> Any:
    return post(user, reverse("admin:sources_source_add"), **{"kind": "other", **typed})


def errors(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(texts(answer, "ul", "errorlist"))


@pytest.mark.parametrize(
    ("there", "typed", "words"),
    [
        ({"doi": "10.1000/182"}, {"doi": "https://doi.org/10.1000/182"}, "is the DOI of A <b>"),
        ({"pmid": "29474905"}, {"pmid": "PMID: 29474905"}, "is the PubMed id of A <b>"),
        (
            {"registry_id": "NCT00241254", "kind": "trial-registration"},
            {"registry_id": "nct00241254", "kind": "trial-registration"},
            "“NCT00241254” is the trial registry id of A <b>",
        ),
    ],
)
def test_identifier_of_another_source_is_refused_with_a_link(
    editor: User, there: dict[str, str], typed: dict[str, str], words: str
) -> None:
    source = source_with_text("A text.", title="A <b>", slug="a", **there)
    for address in (reverse("admin:sources_source_add"), page(_other(), "change")):
        answer = post(editor, address, title="Another", volume="7", **{"kind": "other", **typed})
        assert words in errors(answer)
        assert f'<a href="{page(source, "change")}">' in answer.content.decode()
        assert b"A <b>" not in answer.content
        assert fields_of(answer.content.decode(), "source_form")["volume"] == "7"
    assert Source.objects.filter(**there).count() == 1


def _other() -> Source:
    number = Source.objects.count()
    return Source.objects.create(title=f"Something else {number}", slug=f"else-{number}")


def test_trial_that_several_works_report_is_no_one_s(editor: User) -> None:
    source_with_text("A text.", registry_id="NCT00241254", kind="trial-registration")
    typed = {"registry_id": "NCT00241254", "kind": "trial-report"}
    kinds = dict(Source._meta.get_field("kind").choices or ())
    assert "trial-report" in kinds
    assert add(editor, title="A report", **typed).status_code == 302
    report = Source.objects.get(title="A report")
    answer = post(editor, page(report, "change"), kind="trial-registration")
    assert "is the trial registry id of" in errors(answer)


def test_identifier_that_readers_are_shown_stays_taken(editor: User) -> None:
    source = publish(source_with_text("A text.", doi="10.1000/182"))
    draft = actions.revise(source, by=editor)
    draft.doi = ""
    draft.save()
    assert "is the DOI of A source" in errors(add(editor, title="Another", doi="10.1000/182"))
    assert post(editor, page(draft, "change"), doi="10.1000/182").status_code == 302


def test_source_that_has_it_already_can_be_edited_otherwise(editor: User) -> None:
    source_with_text("A text.", doi="10.1000/182")
    twin = Source.objects.create(title="A source", slug="twin", doi="10.1000/182")
    assert post(editor, page(twin, "change"), volume="7").status_code == 302
    assert "is the DOI of" in errors(post(editor, page(_other(), "change"), doi="10.1000/182"))


def test_title_that_another_source_has_is_asked_once(editor: User) -> None:
    source = source_with_text("A text.", title=TITLE, slug="a", date="2019")
    answer = add(editor, title="interferon beta in MULLER's cohort", volume="7")
    assert f"This is the title of {TITLE}, 2019 too." in errors(answer)
    html = answer.content.decode()
    assert f'<a href="{page(source, "change")}">' in html
    assert Source.objects.count() == 1
    tick = re.search(r'name="is_another"\s+value="([0-9a-f]+)"', html)
    assert tick
    fields = {**fields_of(html, "source_form"), "is_another": tick[1]}
    address = reverse("admin:sources_source_add")
    assert signed_in(editor).post(address, fields).status_code == 302
    made = Source.objects.latest("pk")
    assert made.volume == "7"
    assert post(editor, page(made, "change"), volume="8").status_code == 302
    assert errors(post(editor, page(_other(), "change"), title=TITLE)).count("too.") == 2


def test_sources_without_title_are_not_alike(editor: User) -> None:
    Source.objects.create(slug="empty")
    assert add(editor, title="", slug="untitled").status_code == 302


def test_folded_title_follows_every_save() -> None:
    source = source_with_text("A text.", title=TITLE, slug="a")
    assert source.folded_title == "interferon beta in muller s cohort"
    source.title = "Another"
    source.save(update_fields=["title"])
    source.refresh_from_db()
    assert source.folded_title == "another"


def test_migration_folds_capitals_that_are_other_forms() -> None:
    source = publish(source_with_text("A text.", title="Report № 5", slug="a"))
    assert source.folded_title == "report no 5"
    Source.objects.update(folded_title="report No 5")
    fill = import_module("sources.migrations.0006_fold_capitals").fill
    fill(apps, SimpleNamespace(connection=connection))
    source.refresh_from_db()
    assert source.folded_title == "report no 5"


def test_migration_folds_titles_without_their_signs() -> None:
    source = publish(source_with_text("A text.", title="Relapses: a cohort’s report.", slug="a"))
    assert source.folded_title == "relapses a cohort s report"
    Source.objects.update(folded_title="relapses: a cohort's report.")
    fill = import_module("sources.migrations.0007_stated").fill
    fill(apps, SimpleNamespace(connection=connection))
    source.refresh_from_db()
    assert source.folded_title == "relapses a cohort s report"


def test_migration_folds_titles_through_tags_that_part_no_word() -> None:
    source = publish(source_with_text("A text.", title="Of <italic>B</italic>-cells", slug="a"))
    assert source.folded_title == "of b cells"
    Source.objects.update(folded_title="of b -cells")
    fill = import_module("sources.migrations.0007_stated").fill
    fill(apps, SimpleNamespace(connection=connection))
    source.refresh_from_db()
    assert source.folded_title == "of b cells"
