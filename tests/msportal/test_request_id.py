"""Each request has an id, which its answer and the log's lines share."""

import io
import logging
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as site_settings
from django.test import Client

from msportal import request_id
from msportal.answers.front import Front
from msportal.answers.heads import State
from publication.lasting import ASKED

ID = "6E1c7a52-3a0b-4b6f-9a39-5f1b8c3d2e10"


@pytest.mark.parametrize("sent", [ID, ID.lower()])
def test_own_id_of_a_visitor_is_taken(client: Client, sent: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": sent})["X-Request-ID"] == sent


@pytest.mark.parametrize(
    "sent",
    [
        *("", "x", "anna@example.org", ID[:-1], f"{ID}0", f"{ID}\n", f" {ID}", f"{ID}, {ID}"),
        *(ID.replace("-", ""), ID.replace("6", "٦"), "a" * 5_000, f"{{{ID}}}"),
    ],
)
def test_anything_else_is_not(sent: str) -> None:
    made = request_id.of(sent)
    assert made != sent
    assert UUID(made).version == 4
    assert made != request_id.of(sent)


@pytest.mark.django_db
def test_pages_files_and_refusals_have_one(client: Client) -> None:
    seen = set()
    for path in ("/", "/no-such-page", "/static/msportal/site.css", "/api/nowhere", "/healthz"):
        client.raise_request_exception = False
        answer = client.get(path, headers={"host": "evil.example"})
        answer.close()
        seen.add(answer["X-Request-ID"])
    assert len(seen) == 5


def test_lines_of_the_log_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the settings have it written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(request_id.OfTheRequest())
    handler.setFormatter(
        logging.Formatter(site_settings.LOGGING["formatters"]["plain"]["format"], style="{")
    )
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get("/no-such-page", headers={"X-Request-ID": ID})
        logger.warning("Of no request")
    finally:
        logger.removeHandler(handler)
    first, second = out.getvalue().splitlines()
    assert f" WARNING {ID} django.request: Not Found: /no-such-page" in first
    assert " WARNING - django.request: Of no request" in second
    assert request_id.current() == ""


class Head:
    def now(self) -> State:
        return State(1, "a" * 64, "")


def front(seen: list[Any]) -> Front:
    def site(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(environ[request_id.GIVEN])
        environ.get(ASKED, lambda head: None)(1)
        start("200 OK", [("Content-Type", "text/html"), ("ETag", '"1"')])
        return [b"page"]

    sizes = {"most": 100_000, "late_seconds": 0, "readers": 1, "writers": 1, "waiting": 2}
    return Front(site, Head, **sizes)


def answered(whole: Front, path: str, **more: str) -> list[tuple[str, str]]:
    told: list[Any] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "localhost", **more}
    whole(environ, lambda status, headers: told.append(headers))
    return [(name, value) for name, value in told[-1] if name == "X-Request-ID"]


def test_kept_answers_have_that_of_who_asks() -> None:
    seen: list[Any] = []
    whole = front(seen)
    first = answered(whole, "/", HTTP_X_REQUEST_ID=ID)
    others = [answered(whole, "/") for _ in range(3)]
    assert first == [("X-Request-ID", ID)]
    assert seen == [ID], "It is made once, and logged under who asked first."
    assert len({other[0][1] for other in others} | {ID}) == 4
    assert {len(other) for other in others} == {1}
    unchanged = answered(whole, "/", HTTP_IF_NONE_MATCH='"1"', HTTP_X_REQUEST_ID=ID.lower())
    assert unchanged == [("X-Request-ID", ID.lower())]
    assert answered(whole, "/admin/", HTTP_X_REQUEST_ID=ID) == [("X-Request-ID", ID)]
    assert answered(whole, "/" + "x" * 5_000, HTTP_X_REQUEST_ID=ID) == [("X-Request-ID", ID)]
