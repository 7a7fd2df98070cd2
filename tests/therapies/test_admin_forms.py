"""What a form of the workroom says: its errors on top, its fields by topic, an example at each."""

from typing import Any

import pytest
from django.urls import reverse

from editorial.models import User
from sources.models import Source
from tests.building import claim, source_with_text, therapy
from tests.html import attributes, texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.choices import Certainty, Topic
from therapies.models import Claim, Therapy
from therapies.values import VALUES

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. Headache occurs."


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def record() -> Therapy:
    record = therapy("Ocrelizumab")
    source = source_with_text(TEXT, title="A title")
    claim(record, "Headache occurs.", source=source, topic="safety", harm="headache")
    return record


def sent(user: User, row: Any, **typed: Any) -> Any:
    client = signed_in(user)
    html = client.get(page(row, "change")).content.decode()
    form = fields_of(html, f"{row._meta.model_name}_form")
    return client.post(page(row, "change"), {**form, **typed})


def linked(answer: Any) -> list[str]:
    """Where the list on top leads, each to something that is on the page."""
    ids = {a["id"] for tag in ("input", "textarea", "select", "tr", "div", "h2")
           for a in attributes(answer, tag) if a.get("id")}  # fmt: skip
    targets = [p.target for p in answer.context["problems"]]
    assert set(targets) - {""} <= ids
    links = {a["href"] for a in attributes(answer, "a") if a.get("href", "").startswith("#")}
    assert {f"#{target}" for target in targets if target} <= links
    return targets


def test_every_error_is_named_on_top_with_a_link_rows_included(
    editor: User, record: Therapy
) -> None:
    typed = {"name": "", "kind": "nonsense", "claims-0-text": "", "claims-1-topic": "safety"}
    answer = sent(editor, record, **typed)
    assert linked(answer) == [
        *("id_name", "id_kind", "id_claims-0-text", "id_claims-1-text", "id_claims-1-certainty")
    ]
    assert [p.where for p in answer.context["problems"]][2:] == [
        *("Claim 1, text", "Claim 2, text", "Claim 2, certainty")
    ]
    summary = next(a for a in attributes(answer, "section") if a.get("role") == "alert")
    assert (summary["tabindex"], "autofocus" in summary) == ("-1", True)
    assert answer.content.decode().count("Nothing was saved yet: 5 things to look at") == 1
    assert "<title>Error: " in answer.content.decode()


def test_passage_under_a_claim_is_named_too(editor: User, record: Therapy) -> None:
    answer = sent(editor, record.claims.get(), **{"evidence-0-quote": "Nowhere at all."})
    assert linked(answer)[-1] == "id_evidence-0-quote"
    assert answer.context["problems"][-1].where == "Evidence 1, quote"


def test_refused_upload_and_synonym_say_what_is_wrong_on_top(editor: User) -> None:
    client = signed_in(editor)
    for model, target in (("sources_document", "id_file"), ("therapies_synonym", "id_term")):
        answer = client.post(reverse(f"admin:{model}_add"), {})
        assert linked(answer)[0] == target


def test_form_that_was_not_sent_has_no_list_of_errors(editor: User, record: Therapy) -> None:
    answer = signed_in(editor).get(page(record, "change"))
    assert [a for a in attributes(answer, "section") if a.get("role") == "alert"] == []


# Fields of a topic


def test_fields_say_with_which_topics_and_certainties_they_are_shown(
    editor: User, record: Therapy
) -> None:
    answer = signed_in(editor).get(page(record.claims.get(), "change"))
    shown = {a["name"]: a for tag in ("input", "select") for a in attributes(answer, tag)
             if a.get("name")}  # fmt: skip
    for value in VALUES:
        if value.name in ("courses", "mechanism"):
            continue  # of every topic, and made of several inputs
        said = shown[value.column]
        for topic in Topic.values:
            for certainty in Certainty.values:
                fits = topic in said.get("data-topics", topic).split(" ") and (
                    certainty in said.get("data-certainties", certainty).split(" ")
                )
                assert fits == value.fits(topic=topic, certainty=certainty), value.name


def test_value_that_the_topic_cannot_have_is_an_error_that_names_it(
    editor: User, record: Therapy
) -> None:
    row = record.claims.get()
    answer = sent(editor, row, topic="administration")
    assert [(p.target, p.why) for p in answer.context["problems"]] == [
        ("id_harm", "A claim on “Administration” has no “harm”.")
    ]
    assert fields_of(answer.content.decode(), "claim_form")["harm"] == "headache"
    assert Claim.objects.get().topic == "safety"


# Lists and names


@pytest.mark.parametrize("search", ["", "?q=nothing-like-it"])
def test_empty_list_says_what_to_do(editor: User, search: str) -> None:
    answer = signed_in(editor).get(reverse("admin:therapies_therapy_changelist") + search)
    said = " ".join(texts(answer, "p", "empty-list"))
    assert ("fits what you look for" if search else "There is no therapy yet.") in said
    assert ("Show all" if search else "add a document") in said


def test_cells_of_a_list_name_their_columns(editor: User, record: Therapy) -> None:
    answer = signed_in(editor).get(reverse("admin:therapies_therapy_changelist"))
    cells = [a for a in attributes(answer, "td") if "field-" in a.get("class", "")]
    assert [a["data-label"] for a in cells] == [
        *("State", "Readers see", "Kind", "Claims", "Proposed by", "Changed at")
    ]
    assert attributes(answer, "th")[-1]["data-label"] == "Name"


def test_fields_that_are_typed_have_a_word_of_help(editor: User, record: Therapy) -> None:
    """A typed field without one needs none: it says all by its name."""
    for row in (record, Source.objects.get(), record.claims.get()):
        answer = signed_in(editor).get(page(row, "change"))
        form = answer.context["adminform"].form
        typed = {n for n, f in form.fields.items() if getattr(f.widget, "input_type", "") == "text"}
        assert {n for n in typed if not form.fields[n].help_text} <= {"number_of_pages"}
