"""Readers report a problem, without account, cookie or trace, and see what became of it."""

from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from editorial import actions, answering
from publication import limits, reports
from publication.quota import Quota
from publication.reports import Report
from tests.building import publish
from tests.html import attributes, links, text_of, texts
from tests.reporting import WORDS, reported, sent
from tests.small_base import DEPLETES, Base
from tests.workroom import presses
from therapies.pages import reporting

pytestmark = pytest.mark.django_db

RECORD = "/therapies/ocrelizumab/"
FORM = f"{RECORD}report/"


@pytest.fixture(autouse=True)
def _nobody_reported_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "QUOTA", Quota(600))


@pytest.fixture
def claim(base: Base) -> str:
    row = base.therapy.claims.order_by("pk")[0]
    assert row.text == DEPLETES
    return f"/claims/{row.public_id}/"


def test_report_says_what_it_is_about_and_nothing_of_who_wrote_it(
    base: Base, claim: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    assert (
        sent(f"{claim}report/", client=Client(REMOTE_ADDR="192.0.2.9"), kind="").status_code == 400
    )
    report = reported(f"{claim}report/")
    assert "Bad Request" in caplog.text
    assert [part for part in (WORDS, "192.0.2", "10.0.") if part in caplog.text] == []
    row = Report.objects.values().get()
    assert row.pop("at") <= timezone.now()
    assert row.pop("digest") == report.digest != ""
    assert row == {
        "reference": report.reference,
        "kind": "not-said",
        "text": WORDS,
        "record_type": "therapy",
        "public_id": base.therapy.public_id,
        "part": claim.split("/")[2],
        "version": 1,
        "seq": 3,
        "address": claim,
    }


@pytest.mark.parametrize("kind", ["therapy", "mechanism", "source"])
def test_record_as_a_whole_is_reported_from_its_foot(base: Base, kind: str) -> None:
    record = getattr(base, kind)
    page = Client().get(f"/{record.plural}/{record.slug}/")
    (path,) = {link for link in links(page) if link.endswith("/report/")}
    report = reported(path)
    assert (report.record_type, report.public_id, report.part) == (kind, record.public_id, "")


def test_claim_leads_to_the_form_and_neither_sets_a_cookie(claim: str) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(claim)
    assert f"{claim}report/" in links(page)
    assert "no-store" not in page["Cache-Control"]
    form = client.get(f"{claim}report/")
    answer = sent(f"{claim}report/", client=client)
    state = client.get(answer["Location"])
    assert answer.status_code == 303
    for part in (page, form, answer, state):
        assert part.cookies == {}
        assert part.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    for part in (form, answer, state):
        assert "no-store" in part["Cache-Control"]
        assert "ETag" not in part
    for part in (form, state):
        (robots,) = (a for a in attributes(part, "meta") if a.get("name") == "robots")
        assert robots["content"] == "noindex"
        assert WORDS not in part.content.decode()
    assert "Disallow: /*/report/" in client.get("/robots.txt").content.decode()
    assert "report" not in client.get("/sitemap.xml").content.decode()


def test_impatient_click_is_one_report_and_other_words_are_another(claim: str) -> None:
    client = Client()
    (fields,) = (
        f for f in presses(client.get(f"{claim}report/").content.decode()) if "ticket" in f
    )
    first = {**fields, "kind": "other", "text": "One."}
    places = [client.post(f"{claim}report/", first)["Location"] for _ in range(3)]
    assert len(set(places)) == 1
    assert client.post(f"{claim}report/", first | {"text": "Two."})["Location"] not in places
    assert Report.objects.count() == 2


REFUSED = [
    ({"text": " \r\n "}, 400, "Say in a sentence what is wrong"),
    ({"text": "x" * (limits.REPORT + 1)}, 400, "This has 2,001 characters"),
    ({"kind": ""}, 400, "Choose what is wrong"),
    ({"kind": "praise"}, 400, "Choose what is wrong"),
    ({"ticket": ""}, 400, "this form was opened more than a day ago, or came back changed"),
    ({"ticket": "WyJ4IiwxLCJ4Il0:1abc:forged"}, 400, "came back changed"),
    ({"website": "https://spam.example"}, 400, "a field that is for machines was filled in"),
]


@pytest.mark.parametrize(("changed", "status", "said"), REFUSED)
def test_refused_form_says_why_and_loses_no_text(
    base: Base, changed: dict[str, str], status: int, said: str
) -> None:
    answer = sent(FORM, **changed)
    assert answer.status_code == status
    assert said in text_of(answer)
    (fields,) = (f for f in presses(answer.content.decode()) if "ticket" in f)
    (area,) = texts(answer, "textarea")
    assert area == " ".join(changed.get("text", WORDS).split())
    if changed.get("kind") is None:
        (chosen,) = (a for a in attributes(answer, "input") if "checked" in a)
        assert chosen["value"] == "not-said"
    again = Client().post(
        FORM, {**fields, "kind": "other", "text": area[:90] or "x", "website": ""}
    )
    assert again.status_code == 303
    assert Report.objects.count() == 1


def test_ticket_holds_for_a_day_and_for_one_claim(base: Base, claim: str) -> None:
    (fields,) = (f for f in presses(Client().get(FORM).content.decode()) if "ticket" in f)
    filled = {**fields, "kind": "other", "text": WORDS}
    assert Client().post(f"{claim}report/", filled).status_code == 400
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=25)):
        late = Client().post(FORM, filled)
    assert (late.status_code, texts(late, "textarea")) == (400, [WORDS])
    assert Client().post(FORM, filled).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_form_sent_by_another_site_is_not_taken(base: Base, headers: dict[str, str]) -> None:
    (fields,) = (f for f in presses(Client().get(FORM).content.decode()) if "ticket" in f)
    filled = {**fields, "kind": "other", "text": "<b>Buy this.</b>"}
    answer = Client().post(FORM, filled, headers=headers)
    assert answer.status_code == 403
    assert "Buy this." not in answer.content.decode()
    ours = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert Client().post(FORM, filled, headers=ours).status_code == 303


def test_much_more_than_a_report_is_not_read(base: Base) -> None:
    answer = sent(FORM, text="x" * reporting.LARGEST)
    assert answer.status_code == 413
    assert "far more than the 2,000 characters" in text_of(answer)
    assert len(answer.content) < 20_000


def test_network_that_sends_many_waits_and_others_do_not(
    base: Base, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPORTS_FROM_ONE, now = 2, [0.0]  # type: ignore[attr-defined]
    monkeypatch.setattr(reporting, "QUOTA", Quota(600, clock=lambda: now[0]))
    assert [sent(FORM).status_code for _ in range(3)] == [303, 303, 429]
    now[0] = 100.5
    answer = sent(FORM)
    assert answer["Retry-After"] == "500"
    assert "send it again in 9 minutes" in text_of(answer)
    assert texts(answer, "textarea") == [WORDS]
    assert sent(FORM, client=Client(REMOTE_ADDR="192.0.2.7")).status_code == 303
    assert b"127.0.0.1" not in repr(vars(reporting.QUOTA)).encode()
    now[0] = 601.0
    assert sent(FORM).status_code == 303


def test_flood_does_not_fill_the_database(base: Base, settings: object) -> None:
    settings.REPORTS_A_DAY = 2  # type: ignore[attr-defined]
    settings.CONTACT = "mailto:editors@example.org"  # type: ignore[attr-defined]
    visitors = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(3)]
    answers = [sent(FORM, client=visitor) for visitor in visitors]
    assert [answer.status_code for answer in answers] == [303, 303, 503]
    assert "as many reports came in the last day as can be looked at" in text_of(answers[2])
    assert answers[2]["Retry-After"] == "3600"
    assert texts(answers[2], "textarea") == [WORDS]
    assert "mailto:editors@example.org" in links(answers[2])
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=25)):
        assert sent(FORM, client=visitors[2]).status_code == 303


@pytest.mark.parametrize("text", ["a\0b", "\u202eevil\u200b", "<script>x</script>", "é\U0001f9ec"])
def test_odd_text_is_taken_as_it_is(base: Base, text: str) -> None:
    assert reported(FORM, text).text == text.replace("\0", "\ufffd")


def test_database_that_is_away_loses_no_text_and_gives_no_cookie(base: Base) -> None:
    def away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError("the database is away")
        return execute(sql, params, many, context)

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(away):
        answer = sent(FORM, client=client)
    assert answer.status_code == 503
    assert WORDS in texts(answer, "dl")[0]
    assert answer.cookies == {}
    (fields,) = (f for f in presses(answer.content.decode()) if "ticket" in f)
    assert client.post(FORM, fields).status_code == 303


# What is there to be reported.


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/nothing/report/", 404),
        ("/therapies/nothing-at-all/report/", 404),
        (f"{FORM}?as_of=x", 400),
        (f"{FORM}?as_of=99", 400),
        (f"{FORM}?as_of=1", 404),
        ("/reports/222-222-222/", 404),
        ("/reports/x/", 404),
    ],
)
def test_what_is_not_there_is_answered_plainly(base: Base, path: str, status: int) -> None:
    assert Client().get(path).status_code == status
    if "/report/" in path:
        assert Client().post(path, {"text": WORDS}).status_code == status


def test_form_answers_get_head_and_post_alone(base: Base) -> None:
    client = Client()
    assert (client.head(FORM).status_code, client.head(FORM).content) == (200, b"")
    assert client.put(FORM).status_code == 405
    place = sent(FORM)["Location"]
    assert client.head(place).status_code == 200
    assert client.post(place).status_code == 405


def test_page_of_the_past_is_reported_as_it_was(base: Base, claim: str) -> None:
    publish(base.therapy)
    report = reported(f"{claim}report/?as_of=3")
    assert (report.version, report.seq, report.address) == (1, 3, f"{claim}?as_of=3")


def test_withdrawn_record_has_no_form_and_one_that_was_open_is_taken(
    base: Base, claim: str
) -> None:
    paths = (FORM, f"{claim}report/")
    open_forms = [next(iter(presses(Client().get(path).content.decode()))) for path in paths]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    for path, fields in zip(paths, open_forms, strict=True):
        page = Client().get(path)
        assert (page.status_code, "textarea" in page.content.decode()) == (410, False)
        answer = Client().post(path, {**fields, "kind": "other", "text": WORDS})
        assert answer.status_code == 303
        assert Client().get(answer["Location"]).status_code == 200
    assert set(Report.objects.values_list("seq", flat=True)) == {3}


def test_form_of_a_record_that_moved_is_taken_where_it_stood(base: Base) -> None:
    (fields,) = (f for f in presses(Client().get(FORM).content.decode()) if "ticket" in f)
    drug = actions.revise(base.therapy, by=base.editor)
    drug.slug = "ocrelizumab-iv"
    drug.save()
    publish(drug)
    answer = Client().post(FORM, {**fields, "kind": "other", "text": WORDS})
    assert answer.status_code == 303
    assert Report.objects.get().version == 1
    assert Client().get(FORM)["Location"] == "/therapies/ocrelizumab-iv/report/"


# What became of it.


def state(report: Report) -> str:
    page = Client().get(f"/reports/{reports.spelled(report.reference)}/")
    assert WORDS not in page.content.decode()
    return texts(page, "p", "lead")[0]


def test_reader_sees_what_became_of_it_in_fixed_words(base: Base) -> None:
    report = reported(FORM)
    assert state(report) == "Received. Nobody has looked at it yet."
    words = (
        ("looking", "An editor is looking at it."),
        ("not-understood", "It was read, and could not be understood."),
        ("kept", "It was looked at, and nothing was changed."),
    )
    for seen, (outcome, told) in enumerate(words):
        answering.answer(report, outcome=outcome, note="zqxnote", seen=seen, by=base.editor)
        assert state(report) == told
    publish(base.therapy)
    answering.answer(report, outcome="changed", version="2", seen=3, by=base.editor)
    assert state(report) == "It was looked at and led to version 2 of Ocrelizumab."
    page = Client().get(f"/reports/{reports.spelled(report.reference)}/")
    assert f"{RECORD}v/2/" in links(page)
    assert "zqxnote" not in page.content.decode()
    assert base.editor.display_name not in page.content.decode()


def test_number_leads_to_its_report_however_it_is_typed(base: Base) -> None:
    number = reports.spelled(reported(FORM).reference)
    for path in (f"/reports/{number.lower()}/", f"/reports/?number={number.replace('-', '+')}"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/reports/{number}/")
    unknown = Client().get("/reports/?number=222222222")
    assert (unknown.status_code, "No report has this number." in text_of(unknown)) == (404, True)
    assert texts(unknown, "title") == ["Error: What became of a report – msportal"]


@pytest.mark.parametrize("number", [1, 30])
def test_form_and_state_cost_the_same_however_many_reports_there_are(
    base: Base, claim: str, number: int, django_assert_num_queries: object
) -> None:
    first = reported(FORM)
    for other in range(number - 1):
        first.reference, first._state.adding = reports.reference_of(str(other)), True
        first.save()
    client = Client()
    place = f"/reports/{reports.spelled(first.reference)}/"
    for path, queries in ((f"{claim}report/", 6), (FORM, 4), (place, 5)):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(path)
