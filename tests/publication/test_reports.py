"""Reports of readers: what the last wall lets through, the database keeps, and verify sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from editorial import answering
from msportal.reading_room import BeyondTheReadingRoom, ReadingRoomOnly
from publication import limits, reports, verify_reports
from publication.reports import Report, ReportOutcome
from publication.verify import unwatched
from tests.building import publish
from tests.reporting import reported
from tests.small_base import Base

pytestmark = pytest.mark.django_db

PAGE = "/therapies/ocrelizumab/"
FORM = f"{PAGE}report/"


def ask(question: Callable[[], Any], path: str = PAGE) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(question()))

    ReadingRoomOnly(view)(RequestFactory().get(path))


def raw(sql: str, *values: Any) -> Callable[[], Any]:
    def question() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return question


def new(**changed: Any) -> Report:
    fields = {
        "reference": reports.reference_of("one"), "kind": "other", "text": "Wrong.",
        "record_type": "therapy", "public_id": "x", "version": 1, "seq": 1, "digest": "",
        "address": PAGE, "at": timezone.now(),
    }  # fmt: skip
    return Report(**{**fields, **changed})


# The wall.


def test_public_files_a_report_and_asks_what_became_of_it() -> None:
    reference = reports.reference_of("one")
    ask(lambda: reports.file(new()))
    ask(lambda: reports.file(new()))  # an impatient click
    ask(lambda: reports.filed(reference))
    ask(lambda: reports.became(reference))
    ask(reports.of_the_last_day)
    assert Report.objects.count() == 1


SPIED = (
    lambda: list(Report.objects.all()),
    lambda: Report.objects.values("text").filter(reference="x").order_by("pk").first(),
    lambda: Report.objects.filter(text__contains="x").count(),
    lambda: Report.objects.filter(reference__gt="").values(*reports.SHOWN[Report][1]).first(),
    lambda: Report.objects.open().count(),
    lambda: list(ReportOutcome.objects.all()),
    lambda: ReportOutcome.objects.filter(report_id="x").values("note").order_by("pk").first(),
    lambda: ReportOutcome.objects.filter(report__text="x").exists(),
    raw("INSERT INTO publication_report (text) SELECT name FROM therapies_therapy"),
    raw('SELECT COUNT(*) AS "__count" FROM "publication_report" WHERE "publication_report"."at" '
        ">= %s AND text LIKE 'a%%'", "2026-01-01"),
    raw("DELETE FROM publication_report"),
    raw("UPDATE publication_reportoutcome SET note = ''"),
)  # fmt: skip


@pytest.mark.parametrize("question", SPIED)
def test_public_is_told_nothing_else_of_any_report(question: Callable[[], Any]) -> None:
    with pytest.raises(BeyondTheReadingRoom, match="which readers are not shown"):
        ask(question)


# What the database keeps.


@pytest.mark.parametrize("text", ["", "x" * (limits.REPORT + 1)])
def test_database_takes_no_empty_and_no_endless_text(text: str) -> None:
    with pytest.raises(IntegrityError, match="no text, or too long"), transaction.atomic():
        new(text=text).save()
    new(text="é" * limits.REPORT).save()


def test_answer_leads_to_a_later_version_of_what_was_reported_alone(base: Base) -> None:
    report = reported(FORM)
    publish(base.mechanism)  # version 2 of something else
    word = {"report": report, "number": 1, "outcome": "changed", "user_id": 1, "user_name": "Ann"}
    for version in (1, 2):
        with pytest.raises(IntegrityError, match="no later version"), transaction.atomic():
            ReportOutcome.objects.create(**word, version=version, at=timezone.now())
    publish(base.therapy)
    ReportOutcome.objects.create(**word, version=2, at=timezone.now())


# What verify sees.


def found() -> list[str]:
    (check,) = verify_reports.CHECKS
    return [finding.what for finding in check.run(unwatched)]


def test_verify_holds_reports_against_the_log(base: Base) -> None:
    claim = base.therapy.claims.order_by("pk")[0].public_id
    report = reported(f"/claims/{claim}/report/")
    reported(FORM)
    publish(base.therapy)
    answering.answer(report, outcome="looking", seen=0, by=base.editor)
    answering.answer(report, outcome="changed", version="2", seen=1, by=base.editor)
    assert found() == []
    about = {"public_id": base.therapy.public_id, "seq": 3}
    entry_digest = Report.objects.get(part="").digest
    for number, (changed, what) in enumerate(FORGED):
        forged = {**about, "digest": entry_digest, **changed}
        new(reference=reports.reference_of(str(number)), **forged).save()
        assert [said for said in found() if what in said] != [], what


FORGED = (
    ({"version": 7}, "is about version 7, which there is not"),
    ({"version": 2}, "entry 3 did not show version 2"),
    ({"seq": 99}, "entry 99 did not show version 1"),
    ({"part": "x"}, "its digest is not that of what it is about"),
)


# References.


def test_reference_is_read_however_it_was_written_down() -> None:
    reference = reports.reference_of("one", "two")
    assert reference != reports.reference_of("one", "three")
    spelled = reports.spelled(reference)
    assert [len(part) for part in spelled.split("-")] == [3, 3, 3]
    for typed in (spelled, reference, spelled.lower(), f" {spelled.replace('-', ' ')} "):
        assert reports.understood(typed) == reference
    for typed in ("", "x", reference[:-1], f"{reference[:-1]}0", f"{reference}2", "\0" * 9):
        assert reports.understood(typed) == ""
