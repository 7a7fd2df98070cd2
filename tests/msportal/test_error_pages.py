"""Pages that say no: what happened, whether anything was written, and where to go from there."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from editorial import actions
from msportal import errors
from publication import log
from tests.html import attributes, links, text_of, texts
from tests.small_base import Base

LISTS = {"/", "/therapies/", "/mechanisms/", "/sources/", "/changes/"}
GET = RequestFactory().get("/therapies/")


def away() -> HttpResponse:
    """What the page is answered while the database is away."""
    try:
        raise OperationalError("secret")
    except OperationalError:
        return errors.server_error(GET)


def pages_without_database() -> dict[str, HttpResponse]:
    answers: dict[str, Any] = {
        "400": errors.bad_request(GET, ValueError("secret")),
        "403": errors.permission_denied(GET, PermissionError("secret")),
        "csrf": errors.csrf_failure(GET, "secret"),
        "404": errors.page_not_found(HttpRequest(), LookupError("secret")),
        "500": errors.server_error(GET),
        "503": away(),
        "shut": errors.shut(GET),
    }
    return answers


@pytest.mark.parametrize("name", ["400", "403", "csrf", "404", "500", "503", "shut"])
def test_page_says_what_is_lost_and_leads_on(name: str) -> None:
    page = pages_without_database()[name]
    said = text_of(page)
    assert "secret" not in said
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert [a for a in attributes(page, "link") if a["rel"] == "canonical"] == []
    assert "Tell the people who run this site the address of this page" in said
    ids = [a["id"] for tag in ("form", "input", "main") for a in attributes(page, tag) if "id" in a]
    assert len(ids) == len(set(ids))
    if name in ("503", "shut"):
        assert "Nothing " in said
    else:
        assert set(links(page)) >= LISTS
        assert "Search medicines, brand names" in said


def test_page_names_whom_to_tell(settings: Any) -> None:
    settings.CONTACT = "mailto:editors@example.org"
    for page in pages_without_database().values():
        assert "mailto:editors@example.org" in links(page)
        assert "Tell editors@example.org the address" in text_of(page)


@pytest.mark.django_db
def test_what_was_withdrawn_or_taken_out_is_not_indexed_and_leads_on(
    client: Client, base: Base
) -> None:
    claim = base.therapy.claims.all()[0]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    for path in ("/therapies/ocrelizumab/", f"/claims/{claim.public_id}/"):
        page = client.get(path)
        assert page.status_code == 410
        assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
        assert [a for a in attributes(page, "link") if a["rel"] == "canonical"] == []
        assert set(links(page)) >= LISTS


@pytest.mark.django_db
def test_wrong_parameter_is_told_with_the_way_back(client: Client, base: Base) -> None:
    page = client.get("/therapies/ocrelizumab/?as_of=x")
    assert page.status_code == 400
    assert "?" in links(page)
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")


def test_who_sent_a_form_into_a_mistake_of_ours_has_back_what_was_typed() -> None:
    sent = {"title": "Hours of work", "password": "hunter2"}
    page = errors.server_error(RequestFactory().post("/admin/sources/source/add/", sent))
    assert page.status_code == 500
    assert "no-store" in page["Cache-Control"]
    assert texts(page, "dl", "typed") == ["title Hours of work"]
    assert "either written as a whole or not at all" in text_of(page)
    assert [a for a in attributes(page, "form") if a.get("method") == "post"] == []


@pytest.mark.django_db
def test_form_that_another_site_may_have_sent_is_not_shown() -> None:
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "Call 555"})
    assert page.status_code == 403
    assert "555" not in text_of(page)
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")


@pytest.mark.django_db
def test_reader_is_told_of_a_mistake_once_and_when(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "entry_at", lambda seq: 1 / 0)
    client.raise_request_exception = False
    page = client.get("/therapies/ocrelizumab/")
    assert page.status_code == 500
    assert " UTC." in texts(page, "p", "lead")[0]
    assert "Nothing was written, and nothing is lost." in text_of(page)
