"""The workroom lists what readers reported, open first, and answers each in a few fixed words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from editorial import actions, answering
from publication import reports
from publication.reports import Report, ReportOutcome
from tests.building import publish
from tests.html import attributes, links, text_of, texts
from tests.reporting import reported
from tests.small_base import DEPLETES, Base
from tests.workroom import fields_of, signed_in, staff
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

LIST = "/admin/publication/report/"
FORM = "/therapies/ocrelizumab/report/"


@pytest.fixture
def report(base: Base) -> Report:
    claim = base.therapy.claims.order_by("pk")[0].public_id
    return reported(f"/claims/{claim}/report/", "Not B\u200b cells.\nMice <b>!")


@pytest.fixture
def editor(base: Base) -> Client:
    return signed_in(staff("editor", "Eve Editor"))


def page_of(report: Report) -> str:
    return reverse("admin:publication_report_change", args=[report.pk])


def said(client: Client, report: Report, **changed: Any) -> Any:
    fields = fields_of(client.get(page_of(report)).content.decode(), "report_form")
    return client.post(page_of(report), {**fields, **changed})


def test_page_shows_the_report_beside_what_it_is_about(report: Report, editor: Client) -> None:
    page = editor.get(page_of(report))
    (words,) = texts(page, "blockquote", "reported")
    assert words == "Not BU+200B cells.Mice <b>!"
    assert DEPLETES in texts(page, "h3")
    assert "Unchanged since: readers see the same claim, in version 1." in text_of(page)
    drug = Therapy.objects.get(name="Ocrelizumab")
    assert {
        report.address,
        f"/therapies/ocrelizumab/v/1/#claim-{report.part}",
        reverse("admin:therapies_therapy_review", args=[drug.pk]),
        reverse("admin:therapies_claim_change", args=[drug.claims.order_by("pk")[0].pk]),
    } <= set(links(page))


def test_page_says_whether_the_statement_changed_since(
    base: Base, report: Report, editor: Client
) -> None:
    whole = reported(FORM)
    drug = actions.revise(base.therapy, by=base.editor)
    row = drug.claims.order_by("pk")[0]
    row.text = "It depletes B cells, in mice."
    row.save()
    publish(drug)
    page = editor.get(page_of(report))
    assert "Changed since, in version 2 or before:" in text_of(page)
    assert [text for text in texts(page, "h3") if "cells" in text] == [DEPLETES, row.text]
    assert "/therapies/ocrelizumab/diff/1/2/" in links(editor.get(page_of(whole)))
    drug = actions.revise(base.therapy, by=base.editor)
    drug.claims.order_by("pk")[0].delete()
    publish(drug)
    assert "not shown this claim any more" in text_of(editor.get(page_of(report)))
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert "The record was withdrawn since." in text_of(editor.get(page_of(whole)))


def test_answer_is_kept_with_who_and_when_and_told(report: Report, editor: Client) -> None:
    answer = said(editor, report, outcome="kept", note="The passage is about people.")
    assert answer.status_code == 302
    row = ReportOutcome.objects.get()
    assert (row.number, row.outcome, row.version) == (1, "kept", None)
    assert (row.note, row.user_name) == ("The passage is about people.", "Eve Editor")
    told = text_of(editor.get(page_of(report)))
    assert "Eve Editor: looked at, nothing changed" in told
    assert "Note: The passage is about people." in told


REFUSED = [
    ({"outcome": ""}, 400, "Choose what became of the report."),
    ({"outcome": "praised"}, 400, "Choose what became of the report."),
    ({"outcome": "changed", "version": "1"}, 400, "Choose the version that it led to"),
    ({"outcome": "changed", "version": "²"}, 400, "Choose the version that it led to"),
    ({"outcome": "kept", "note": "a\u202eb"}, 400, "The note cannot be kept."),
    ({"outcome": "kept", "seen": "1"}, 409, "Somebody answered this report after you opened"),
    ({"outcome": "kept", "seen": "x"}, 409, "Somebody answered this report after you opened"),
]


@pytest.mark.parametrize(("changed", "status", "told"), REFUSED)
def test_refused_answer_says_why_and_keeps_the_note(
    report: Report, editor: Client, changed: dict[str, str], status: int, told: str
) -> None:
    answer = said(editor, report, **{"note": "My note.", **changed})
    assert answer.status_code == status
    assert told in texts(answer, "div", "refusal")[0]
    assert fields_of(answer.content.decode(), "report_form")["note"] == changed.get(
        "note", "My note."
    )
    assert ReportOutcome.objects.count() == 0


def test_same_form_twice_is_one_answer(report: Report, editor: Client) -> None:
    fields = fields_of(editor.get(page_of(report)).content.decode(), "report_form")
    answers = [editor.post(page_of(report), {**fields, "outcome": "kept"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert ReportOutcome.objects.count() == 1


def test_list_has_open_ones_first_and_finds_and_filters(
    base: Base, report: Report, editor: Client
) -> None:
    others = [reported(FORM, f"Words {number}.") for number in range(2)]
    answering.answer(report, outcome="kept", seen=0, by=base.editor)
    answering.answer(others[1], outcome="looking", seen=0, by=base.editor)
    number = {row.pk: reports.spelled(row.pk) for row in (report, *others)}
    inquiry = {
        "": [others[0], others[1], report],
        "?state=open": others,
        "?state=looking": [others[1]],
        "?q=mice": [report],
        f"?q={number[report.pk].lower()}": [report],
        "?kind__exact=wrong": [],
    }
    for asked, rows in inquiry.items():
        page = editor.get(f"{LIST}{asked}")
        found = [t for t in texts(page, "th") if t in number.values()]
        assert found == [number[row.pk] for row in rows], asked
    assert "A claim about Ocrelizumab" in text_of(editor.get(LIST))


def test_list_costs_the_same_however_many_there_are(
    report: Report, editor: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(9):
        editor.get(LIST)
    for number in range(29):
        report.reference, report._state.adding = reports.reference_of(str(number)), True
        report.save()
    with django_assert_num_queries(9):
        editor.get(LIST)


@pytest.mark.parametrize(("role", "status"), [("reviewer", 200), ("administrator", 403)])
def test_editors_and_reviewers_alone_see_reports(report: Report, role: str, status: int) -> None:
    client = signed_in(staff(role))
    assert client.get(LIST).status_code == status
    assert client.get(page_of(report)).status_code == status
    first = client.get("/admin/")
    assert ("Reader reports 1" in texts(first, "h2")) == (status == 200)
    if status == 403:
        assert client.post(page_of(report), {"outcome": "kept", "seen": "0"}).status_code == 403


def test_first_page_says_how_many_are_open(report: Report, editor: Client) -> None:
    page = editor.get("/admin/")
    assert "Reader reports 1" in texts(page, "h2")
    assert f"{LIST}?state=open" in links(page)
    assert page_of(report) in links(page)
    said(editor, report, outcome="not-understood")
    page = editor.get("/admin/")
    assert "No reader waits for an answer." in texts(page, "li")
    assert f"{LIST}?state=open" not in links(page)


def test_report_that_is_not_there_is_not_found(editor: Client) -> None:
    for number in ("x", "222222222", "%00", "²" * 9):
        assert editor.get(f"{LIST}{number}/change/").status_code == 404


def test_version_is_chosen_among_later_ones(base: Base, report: Report, editor: Client) -> None:
    (radio,) = (
        a for a in attributes(editor.get(page_of(report)), "input") if a.get("value") == "changed"
    )
    assert "disabled" in radio
    publish(base.therapy)
    page = editor.get(page_of(report))
    assert [a["value"] for a in attributes(page, "option")] == ["", "2"]
    assert said(editor, report, outcome="changed", version="2").status_code == 302
