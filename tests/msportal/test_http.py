"""The API as a part of HTTP: what is refused and how, what answers carry, who may read them."""

import gzip
import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client

from editorial import actions
from msportal.answers import refused
from msportal.request_id import GIVEN, WELL_FORMED
from publication import plainly
from publication.api.headers import ALWAYS, FOR_EVER, METHODS
from publication.api.problems import phrase
from tests.openapi import BASE, get, problems, read
from tests.small_base import Base

ID = "6e1c7a52-3a0b-4b6f-9a39-5f1b8c3d2e10"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
NOWHERE = [
    *("/api", "/api/", "/api/v1/nowhere/", "/api/v1/nowhere", "/api/v2/therapies/", "/api//v1/"),
    *(
        "/api/v1//therapies/",
        "/api/v1/%00/",
        "/api/v1/%ff%fe/",
        "/api/v1/%ed%a0%80/",
        "/api/v1/%zz/",
    ),
    *("/api/v1/%2e%2e/%2f/", "/api/v1/therapies/%F0%9F%98%80/", "/api/v1/docs/x/", "/api/<b>/"),
    *("/api/v1/schema/x", "/api/v1/%0d%0aX:%20y/", "/api/v1/log/99/", "/api/v1/log/0/"),
]


def ask(path: str, method: str = "GET", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(raise_request_exception=False).generic(method, path, headers=named)


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """With all that an error carries, and nothing that tells who asked."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-cache"
    assert "ETag" not in answer
    assert not answer.cookies
    told = {name: answer[name] for name in ALWAYS | SAFE}
    assert told == ALWAYS | SAFE
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert WELL_FORMED.fullmatch(answer["X-Request-ID"])
    found: dict[str, Any] = json.loads(answer.content)
    assert found["type"] == "about:blank"
    assert (found["title"], found["status"]) == (phrase(status), status)
    assert found["detail"].endswith(".")
    return found


# Refusals


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_below_the_api_is_answered_with_a_page(path: str, base: Base) -> None:
    assert_problem(ask(path), 404)
    assert_problem(ask(path, "POST"), 405)


@pytest.mark.django_db
def test_all_refusals_are_alike(base: Base) -> None:
    assert_problem(ask("/api/v1/therapies/?x=1"), 400)
    assert_problem(ask(f"/api/v1/changes/?since=1&hash={'0' * 64}"), 409)
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert_problem(ask("/api/v1/therapies/ocrelizumab/"), 410)


@pytest.mark.django_db
def test_refusals_of_head_are_the_same_without_a_body(base: Base) -> None:
    for path in ("/api/v1/nowhere/", "/api/v1/therapies/?x=1", "/api/"):
        whole, head = ask(path), ask(path, "HEAD")
        assert (head.status_code, head.content) == (whole.status_code, b"")
        changing = ("X-Request-ID",)
        assert {k: v for k, v in head.items() if k not in changing} == {
            k: v for k, v in whole.items() if k not in changing
        }


@pytest.mark.parametrize("host", ["evil.example", "<b>[x", "a b", "localhost:x", "evil.example:80"])
@pytest.mark.parametrize("path", ["/api/v1/therapies/", "/api/v1/docs/", "/api/nowhere", "/api"])
def test_host_that_is_not_ours_is_refused_and_not_repeated(host: str, path: str) -> None:
    answer = ask(path, Host=host)
    assert_problem(answer, 400)
    said = answer.content.decode() + "".join(answer.headers.values())
    assert host not in said
    assert "evil" not in said


@pytest.mark.parametrize("path", ["", "docs/", "schema/", "nowhere/", "therapies/?x=1"])
@pytest.mark.parametrize(
    "method", ["get", "Get", "TRACE", "CONNECT", "PROPFIND", "QUERY", "X" * 200]
)
def test_method_is_one_of_three_in_capitals(path: str, method: str) -> None:
    answer = ask(BASE + path, method)
    assert answer["Allow"] == METHODS
    assert method not in assert_problem(answer, 405)["detail"]


class Breaks:
    """A middleware; the test puts it somewhere."""

    problem: Exception = RuntimeError("secret")

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise self.problem


@pytest.mark.parametrize("problem", [RuntimeError("secret"), OperationalError("secret")])
def test_whatever_middleware_raises_is_told_as_a_problem(
    settings: Any, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    monkeypatch.setattr(Breaks, "problem", problem)
    whole = list(settings.MIDDLEWARE)
    first = whole.index("msportal.programs.OpenToPrograms") + 1
    for place in range(first, len(whole) + 1):
        settings.MIDDLEWARE = [*whole[:place], f"{__name__}.Breaks", *whole[place:]]
        for path in ("/api/v1/", "/api/nowhere", "/api/v1/docs/"):
            assert_ours(ask(path, X_Request_ID=ID), 503 if "Oper" in repr(problem) else 500)


def assert_ours(answer: Any, status: int) -> None:
    """A fault of the site's, by which it can be found in the log, and no more."""
    found = assert_problem(answer, status)
    assert "secret" not in answer.content.decode()
    assert answer["X-Request-ID"] == ID
    assert found["instance"] == f"urn:uuid:{ID}"
    assert answer.get("Retry-After") == ("10" if status == 503 else None)


@pytest.mark.django_db
def test_whatever_a_view_raises_is_told_as_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("secret")

    for head, status in ((lambda: 1 / 0, 500), (away, 503)):
        monkeypatch.setattr(plainly, "head", head)
        for path in ("", "therapies/", "therapies/x/", "claims/x/", "changes/", "log/1/"):
            assert_ours(ask(BASE + path, X_Request_ID=ID), status)


def test_titles_are_those_of_the_standard_whatever_python_says() -> None:
    assert phrase(413) == "Content Too Large"
    assert phrase(414) == "URI Too Long"
    assert phrase(422) == "Unprocessable Content"
    for status in (400, 404, 405, 409, 410, 429, 431, 500, 503):
        assert phrase(status) == HTTPStatus(status).phrase


@pytest.mark.parametrize(
    ("refuse", "status"), [(refused.too_long, "414 URI Too Long"), (refused.busy, "503 Service")]
)
def test_what_is_refused_before_django_is_a_problem_for_programs_alone(
    refuse: Any, status: str
) -> None:
    told = refuse({"PATH_INFO": "/api/v1/x", GIVEN: ID})
    headers = dict(told.headers)
    body = json.loads(b"".join(told.body))
    assert told.status.startswith(status)
    assert body["title"] == told.status[4:]
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Cache-Control"] == "no-cache"
    assert ALWAYS.items() | SAFE.items() <= headers.items()
    assert headers["Content-Length"] == str(len(told.body[0]))
    assert body.get("instance") == (f"urn:uuid:{ID}" if status[0] == "5" else None)
    assert headers.get("Retry-After") == ("10" if status[0] == "5" else None)
    page = refuse({"PATH_INFO": "/therapies/", GIVEN: ID})
    assert dict(page.headers)["Content-Type"].startswith("text/plain")
    assert "Access-Control-Allow-Origin" not in dict(page.headers)


# What answers carry


@pytest.mark.django_db
def test_redirects_may_be_followed_from_any_site(base: Base, settings: Any) -> None:
    answer = ask("/api/v1/therapies?limit=2&kind=drug")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/therapies/?limit=2&kind=drug")
    assert ALWAYS.items() <= dict(answer.items()).items()
    for path in ("/api/v1", "/api/v1/schema", "/api/v1/docs", "/api/v1/therapies/ocrelizumab"):
        answer = ask(path)
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/")
        assert ask(answer["Location"]).status_code == 200
    settings.SECURE_SSL_REDIRECT = True
    answer = ask("/api/v1/therapies/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/api/v1/therapies/")
    assert ALWAYS.items() <= dict(answer.items()).items()


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/docs/", "/api/v1/schema/", "/api/v1", "/api/", "/api/v1/x/"]
)
def test_browser_is_told_beforehand_and_no_database_is_asked(path: str) -> None:
    answer = ask(path, "OPTIONS", Origin="https://a.example", Access_Control_Request_Method="GET")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == METHODS
    allowed = answer["Access-Control-Allow-Headers"].split(", ")
    assert {"If-None-Match", "If-Modified-Since", "Accept", "X-Request-ID"} <= set(allowed)
    assert answer["Access-Control-Max-Age"] == "86400"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_pages_are_not_opened_to_other_sites(client: Client) -> None:
    for path in ("/no-such-page", "/apiary/", "/API/v1/", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(path)


@pytest.mark.django_db
def test_lists_lead_on_as_their_bodies_say(base: Base) -> None:
    answer = get("claims/?limit=1&offset=1")
    body = answer.json()
    assert (body["next"], body["previous"]) != (None, None)
    links = dict(links_of(answer))
    assert links["next"] == body["next"]
    assert links["prev"] == body["previous"]
    assert read(links["first"].removeprefix(f"http://testserver{BASE}"))["previous"] is None
    assert {"next", "prev", "first"} & dict(links_of(get("claims/"))).keys() == set()
    assert dict(links_of(get("changes/?limit=1")))["next"] == read("changes/?limit=1")["next"]


@pytest.mark.django_db
def test_answers_lead_to_their_pages_and_to_what_describes_them(base: Base) -> None:
    claim = read("claims/?limit=1")["results"][0]["id"]
    for path, page in (
        ("therapies/ocrelizumab/", "/therapies/ocrelizumab/"),
        (f"therapies/{base.therapy.public_id}/", "/therapies/ocrelizumab/"),
        ("therapies/ocrelizumab/?as_of=3", "/therapies/ocrelizumab/?as_of=3"),
        ("therapies/ocrelizumab/versions/1/", "/therapies/ocrelizumab/v/1/"),
        (f"claims/{claim}/", f"/claims/{claim}/"),
    ):
        links = dict(links_of(get(path)))
        assert links["alternate"] == f"http://testserver{page}"
        assert ask(page).status_code == 200
        assert links["service-desc"] == "/api/v1/schema/"
        assert links["service-doc"] == "/api/v1/docs/"
    assert "alternate" not in dict(links_of(get("therapies/")))


def links_of(answer: Any) -> Iterator[tuple[str, str]]:
    for link in answer["Link"].split(", "):
        address, relation = link.split("; ")[:2]
        yield relation.removeprefix('rel="').removesuffix('"'), address.strip("<>")


@pytest.mark.django_db
def test_only_an_entry_of_the_log_may_be_stored_for_good(base: Base) -> None:
    first = get("log/1/")
    assert first["Cache-Control"] == FOR_EVER
    again = get("log/1/", status=304, **{"If-None-Match": first["ETag"]})
    assert (again["Cache-Control"], again["ETag"]) == (FOR_EVER, first["ETag"])
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    later = get("log/1/")
    assert (later["ETag"], later.content) == (first["ETag"], first.content)
    for path in ("", "log/", "log/?limit=1", "changes/", "sources/", "schema/"):
        assert get(path)["Cache-Control"] == "no-cache"
    assert get("log/5/", status=404)["Cache-Control"] == "no-cache"
    assert get("log/1/?x=1", status=400)["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_entry_is_asked_for_by_its_hash_where_logs_may_differ(base: Base) -> None:
    entry = read("log/2/")
    assert read(f"log/2/?hash={entry['hash']}") == entry
    answer = get(f"log/2/?hash={'0' * 64}", status=409)
    assert entry["hash"] in answer.json()["detail"]
    assert answer["Cache-Control"] == "no-cache"
    assert list(problems("log/2/?hash=x")) == ["hash"]
    get(f"log/9/?hash={'0' * 64}", status=404)


# Conditions and encodings


@pytest.mark.django_db
def test_date_is_not_asked_where_a_tag_is_given(base: Base) -> None:
    ahead = "Sat, 28 Nov 2099 09:42:31 GMT"
    for path in ("therapies/", "log/1/", "schema/", ""):
        headers = {"If-None-Match": '"other"', "If-Modified-Since": ahead}
        assert get(path, **headers).content
        tag = get(path)["ETag"]
        headers = {"If-None-Match": f'"a", W/{tag}', "If-Modified-Since": "Thu, 01 Jan 1970"}
        get(path, status=304, **headers)


@pytest.mark.django_db
def test_range_and_content_are_ignored(base: Base) -> None:
    whole = get("therapies/")
    part = get("therapies/", Range="bytes=0-3", **{"If-Range": whole["ETag"]})
    assert (part.content, "Content-Range" in part) == (whole.content, False)
    sent = Client().generic("GET", f"{BASE}therapies/", b'{"limit": 1}', "application/json")
    assert (sent.status_code, sent.content) == (200, whole.content)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["therapies/ocrelizumab/", "schema/", "schema/?format=yaml"])
def test_compressed_answer_is_known_again_by_its_tag(base: Base, path: str) -> None:
    plain, packed = ask(BASE + path), ask(BASE + path, Accept_Encoding="br, gzip;q=0.5")
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert ask(BASE + path, If_None_Match=packed["ETag"]).status_code == 304
    for refusing in ("gzip;q=0", "identity", "gzip;q=0.1, identity", ""):
        answer = ask(BASE + path, Accept_Encoding=refusing)
        assert ("Content-Encoding" in answer, answer["ETag"]) == (False, plain["ETag"])
        assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.django_db
def test_problems_are_compressed_too(base: Base) -> None:
    path = f"{BASE}therapies/?x=1"
    packed = ask(path, Accept_Encoding="gzip")
    assert json.loads(gzip.decompress(packed.content)) == ask(path).json()


# The document


def test_document_and_its_reader_ask_no_database() -> None:
    """This test may ask none; drawn anew, not remembered."""
    from msportal import api

    api.schema_document.cache_clear()
    api.schema_text.cache_clear()
    for path in ("schema/", "schema/?format=yaml", "docs/"):
        first = ask(BASE + path)
        assert first.status_code == 200
        again = ask(BASE + path, If_None_Match=first["ETag"])
        assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")
        assert ask(BASE + path, "HEAD")["ETag"] == first["ETag"]
    assert_problem(ask(f"{BASE}schema/?format=xml"), 400)


@pytest.mark.django_db
def test_document_is_the_same_whatever_the_log_says(base: Base) -> None:
    before = {path: ask(BASE + path) for path in ("schema/", "docs/")}
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    for path, first in before.items():
        after = ask(BASE + path)
        assert (first["ETag"], first.content) == (after["ETag"], after.content)
