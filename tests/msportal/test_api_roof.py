"""The API as a whole: its root, methods, conditional answers, refusals and its document."""

from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from editorial import actions
from msportal.api import schema_document, schema_text
from msportal.formats import KNOWN
from publication import log
from publication.canonical import digest
from sources.actions import set_standing
from tests.building import publish, source_with_text
from tests.databases import ROOT
from tests.openapi import BASE, contents, document, find_operation, get, problems, read, validate
from tests.small_base import Base

pytestmark = pytest.mark.django_db

ENDPOINTS = [
    "",
    "therapies/",
    "therapies/ocrelizumab/",
    "therapies/ocrelizumab/versions/",
    "therapies/ocrelizumab/versions/1/",
    "mechanisms/",
    "mechanisms/b-cell-depletion/",
    "mechanisms/b-cell-depletion/versions/",
    "mechanisms/b-cell-depletion/versions/1/",
    "sources/",
    "sources/therapies-of-multiple-sclerosis/",
    "sources/therapies-of-multiple-sclerosis/versions/",
    "sources/therapies-of-multiple-sclerosis/versions/1/",
    "claims/",
    "changes/",
    "log/",
    "log/1/",
    "search/?q=b+cells",
    "vocabulary/",
    "vocabulary/topic/",
    "log/checkpoint/",
    "log/key/",
    "export/?type=claim",
    "schema/",
]
ELSEWHERE = {"/api/v1/compare/"}
"""Tried by tests of its own: it needs two therapies."""
WITH_AS_OF = {
    "search/?q=b+cells",
    "therapies/",
    "therapies/ocrelizumab/",
    "mechanisms/",
    "mechanisms/b-cell-depletion/",
    "sources/",
    "sources/therapies-of-multiple-sclerosis/",
    "claims/",
}


def endpoints() -> list[str]:
    """Every documented address, filled in; call with a small base."""
    claim_id = read("claims/?limit=1")["results"][0]["id"]
    return [*ENDPOINTS, f"claims/{claim_id}/"]


def more(path: str, query: str) -> str:
    """An address with one more parameter."""
    return f"{path}{'&' if '?' in path else '?'}{query}"


def test_every_documented_address_is_tried_here(base: Base) -> None:
    assert len(endpoints()) == len(schema_document()["paths"].keys() - ELSEWHERE)


def test_document_is_the_committed_one() -> None:
    committed = (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(committed) == yaml.safe_load(schema_text("yaml")), (
        "run: python manage.py spectacular --file docs/openapi.yaml"
    )


def test_every_document_has_a_number_of_its_own() -> None:
    lines = (ROOT / "msportal" / "api_versions.txt").read_text(encoding="ascii").splitlines()
    numbers = [line.split()[0] for line in lines]
    assert numbers == sorted(set(numbers), key=lambda number: [*map(int, number.split("."))])
    assert document()["info"]["version"] == numbers[-1]
    assert lines[-1] == f"{numbers[-1]} {digest(schema_text('json'))}", (
        "the document changed: put it below the others, with a new number"
    )


def test_document_is_valid_and_made_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert out.getvalue().startswith("openapi: 3.1.1\n")


def test_examples_are_valid() -> None:
    examples = [
        (example["value"], content["schema"])
        for *_, content in contents()
        for example in content.get("examples", {}).values()
    ]
    assert examples
    for value, schema in examples:
        validate(value, schema)


def test_schema_answers_in_both_formats() -> None:
    assert get("schema/")["Content-Type"] == "application/vnd.oai.openapi+json"
    answer = get("schema/?format=yaml")
    assert answer["Content-Type"] == "application/vnd.oai.openapi"
    assert yaml.safe_load(answer.content) == read("schema/")
    assert problems("schema/?format=xml") == {"format": "Say json or yaml."}


@pytest.mark.parametrize(("path", "scripts"), [("docs/", 0), ("docs/try/", 2)])
def test_docs_need_nothing_inline(path: str, scripts: int) -> None:
    page = Client().get(f"{BASE}{path}")
    assert page.status_code == 200
    assert b"<style" not in page.content
    assert page.content.count(b"<script") == page.content.count(b"<script src=") == scripts
    assert Client().post(f"{BASE}{path}").status_code == 405


def test_root_says_where_everything_is(base: Base) -> None:
    answer = read("")
    state, meta = answer.pop("as_of"), answer.pop("meta")
    head = log.entry_at(3)
    assert state == {"seq": 3, "hash": head.hash, "time": head.at}
    assert meta["licence"]["id"] == "CC-BY-4.0"
    assert meta["disclaimer"].startswith("Not medical advice.")
    assert f"http://testserver/, log entry 3 of {head.at[:10]}" in meta["citation"]
    assert answer == {
        name: f"http://testserver{BASE}{name}/"
        for name in (
            *("therapies", "mechanisms", "sources", "claims"),
            *("compare", "search", "vocabulary", "changes", "log", "schema", "docs"),
        )
    } | {
        "checkpoint": f"http://testserver{BASE}log/checkpoint/",
        "log_key": f"http://testserver{BASE}log/key/",
        "export": f"http://testserver{BASE}export/",
    }


def test_head_answers_without_a_body(base: Base) -> None:
    for path in endpoints():
        answer, whole = get(path, method="HEAD"), get(path)
        assert (answer.whole if answer.streaming else answer.content) == b""
        assert answer["ETag"] == whole["ETag"]
        assert answer["Content-Type"] == whole["Content-Type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused(method: str, base: Base) -> None:
    for path in [*endpoints(), "nowhere/", "nowhere", "therapies/?nonsense=1"]:
        answer = Client().generic(method, BASE + path, "{}", content_type="application/json")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "about:blank",
            "title": "Method Not Allowed",
            "status": 405,
            "detail": "The API is only read: ask with one of GET, HEAD, OPTIONS.",
            "errors": [],
        }


def test_options_answers_a_preflight(base: Base) -> None:
    for path in [*endpoints(), "therapies/unknown/", "nowhere/"]:
        answer = Client().options(BASE + path, headers={"origin": "https://example.org"})
        assert answer.status_code == 204
        assert answer.content == b""
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Access-Control-Allow-Headers"] == (
            "Accept, Cache-Control, If-Modified-Since, If-None-Match, X-Request-ID"
        )


def test_any_site_may_read_and_no_cookie_is_set(base: Base) -> None:
    for path in [*endpoints(), "therapies/?x=1", "therapies/unknown/", "nowhere/"]:
        answer = Client().get(BASE + path, headers={"origin": "https://example.org"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies
        assert answer["Vary"] in ("Accept", "Accept, Accept-Encoding")


def test_known_etag_is_answered_with_304_until_the_log_grows(base: Base) -> None:
    for path in endpoints():
        tag = get(path)["ETag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            answer = get(path, status=304, **{"If-None-Match": known})
            assert answer["ETag"] == tag
        assert get(path, **{"If-None-Match": '"other"'})["ETag"] == tag
        assert get(path, method="HEAD", status=304, **{"If-None-Match": tag})["ETag"] == tag
    before = get("sources/")["ETag"]
    actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
    after = get("sources/", **{"If-None-Match": before})["ETag"]
    assert (before[:3], after[:3]) == ('"3-', '"4-')


def test_etag_is_of_one_address_one_host_and_one_log(base: Base) -> None:
    paths = [*endpoints(), "claims/?limit=2", "claims/?limit=3", "therapies/ocrelizumab/?as_of=3"]
    tags = [get(path)["ETag"] for path in paths]
    assert len(set(tags)) == len(paths)
    path = "therapies/ocrelizumab/"
    tag = get(path)["ETag"]
    other = Client().get(BASE + path, headers={"host": "localhost", "if-none-match": tag})
    assert (other.status_code, other["ETag"] != tag) == (200, True)
    found = set()
    for number in range(2):  # two logs of as many entries
        with transaction.atomic():
            publish(base.fresh().therapy, note=f"Note {number}.")
            found.add(get(path)["ETag"])
            transaction.set_rollback(True)
    assert len(found) == 2


def test_etag_that_comes_back_needs_the_head_of_the_log_alone(
    django_assert_num_queries: DjangoAssertNumQueries, base: Base
) -> None:
    for path in endpoints():
        tag = get(path)["ETag"]
        if path.endswith("versions/1/"):  # its tag is of what it says
            get(path, status=304, **{"If-None-Match": tag})
            continue
        of_release = path.startswith(("schema/", "vocabulary/"))
        with django_assert_num_queries(0 if of_release else 1):
            get(path, status=304, **{"If-None-Match": tag})


def test_answer_that_lasts_keeps_its_etag_until_its_marks_change(base: Base) -> None:
    lasting = ["therapies/ocrelizumab/versions/1/", "therapies/ocrelizumab/?as_of=3"]
    lasting += ["therapies/?as_of=3", "claims/?as_of=3"]
    tags = {path: get(path)["ETag"] for path in lasting}
    publish(source_with_text("Other.", title="Other"))
    for path in lasting:
        get(path, status=304, **{"If-None-Match": f'"x", W/{tags[path]}'})
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    for path in lasting:
        assert get(path, **{"If-None-Match": tags[path]})["ETag"] != tags[path], path


def test_known_etag_hides_no_refusal(base: Base) -> None:
    path = "therapies/ocrelizumab/"
    tag = get(path)["ETag"]
    for known in ("*", tag):
        get("therapies/?x=1", status=400, **{"If-None-Match": known})
        get("therapies/unknown/", status=404, **{"If-None-Match": known})
    actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
    for known in ("*", tag):
        assert "ETag" not in get(path, status=410, **{"If-None-Match": known})


BROWSERS = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def test_json_is_everywhere_for_who_takes_it_or_does_not_say(base: Base) -> None:
    others = ("log/checkpoint/", "export/?type=claim")  # which are no JSON
    for path in (path for path in endpoints() if path not in others):
        for accept in ("application/json", "application/*;q=0.1", "*/*", BROWSERS, "nonsense", ""):
            found = get(path, Accept=accept)["Content-Type"]
            usual = "application/vnd.oai.openapi+json" if path == "schema/" else "application/json"
            wanted = "application/json" if accept == "application/json" else usual
            assert found == wanted, (path, accept)


def test_who_takes_nothing_that_is_here_is_told_what_is(base: Base) -> None:
    for path in endpoints():
        for accept in ("text/html", "application/json;q=0, image/*", "application/json; v=2"):
            for method in ("GET", "HEAD"):
                answer = get(path, status=406, method=method, Accept=accept)
                assert answer["Access-Control-Allow-Origin"] == "*"
                assert "Accept" in answer["Vary"]
                assert "ETag" not in answer
        told = read(path, status=406, Accept="text/html")
        offered = find_operation(BASE + path.partition("?")[0])["responses"]["200"]["content"]
        assert all(media_type in told["detail"] for media_type in offered)
    assert read("", status=406, Accept="text/html")["detail"] == (
        "Accept takes nothing that is here. There is application/json."
    )


def test_every_media_type_is_one_by_which_kept_answers_are_told_apart() -> None:
    offered = {
        media_type
        for address in schema_document()["paths"].values()
        for media_type in address["get"]["responses"]["200"]["content"]
    }
    assert offered == {one.media_type for one in KNOWN}


def test_what_is_not_here_is_so_in_every_representation() -> None:
    for accept in ("text/html", "application/ld+json"):
        answer = Client().get(f"{BASE}nowhere/", headers={"accept": accept})
        assert answer.status_code == 404
        moved = Client().get(f"{BASE}therapies?limit=3", headers={"accept": accept})
        assert (moved.status_code, moved["Location"]) == (301, f"{BASE}therapies/?limit=3")


def test_schema_is_negotiated_too() -> None:
    for accept, wanted in (
        ("application/vnd.oai.openapi, application/json;q=0.5", "application/vnd.oai.openapi"),
        ("application/json, application/vnd.oai.openapi;q=0.5", "application/json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
    ):
        assert get("schema/", Accept=accept)["Content-Type"] == wanted
    tags = {get("schema/", Accept=accept)["ETag"] for accept in ("*/*", "application/json")}
    assert len({*tags, get("schema/?format=yaml")["ETag"]}) == 3


def test_unknown_address_is_a_problem() -> None:
    answer = Client().get(f"{BASE}nowhere/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail"] == (
        "There is nothing at this address. /api/v1/ says where everything is."
    )


def test_missing_slash_leads_to_the_address() -> None:
    answer = Client().get(f"{BASE}therapies?limit=3")
    assert (answer.status_code, answer["Location"]) == (301, f"{BASE}therapies/?limit=3")


def test_unknown_repeated_empty_and_null_parameters_are_refused(base: Base) -> None:
    for path in endpoints():
        assert list(problems(more(path, "nonsense=1"))) == ["nonsense"]
    assert problems("therapies/?limit=1&limit=1&q=%20&source=a%00b&x=1") == {
        "limit": "Give this parameter once.",
        "q": "This parameter is empty: give a value or leave it out.",
        "source": "Null characters are not allowed.",
        "x": "Unknown parameter; known here: approved_after, approved_until, as_of, certainty, "
        "class, course, effect_direction, expand, fields, harm, id, identifier, kind, limit, "
        "mechanism, offset, outcome, overdue, q, route, source, source_kind, status, target, "
        "topic.",
    }
    assert problems("?x=1") == {"x": "Unknown parameter; there are none here."}


def test_as_of_is_refused_where_it_has_no_meaning(base: Base) -> None:
    for path in endpoints():
        if path in WITH_AS_OF or path.startswith("claims/"):
            read(more(path, "as_of=3"))
        else:
            assert list(problems(more(path, "as_of=3"))) == ["as_of"]


@pytest.mark.parametrize(
    "value", ["4", "-1", "1.0", "yesterday", "2026-13-01", "2026-01-01T25:00:00Z", "9" * 400, "١"]
)
def test_as_of_that_is_not_understood_is_refused(value: str, base: Base) -> None:
    assert list(problems(f"therapies/?as_of={value}")) == ["as_of"]


@pytest.mark.parametrize("path", ["therapies/", "mechanisms/", "sources/", "claims/", "log/"])
def test_limits_are_refused_not_clipped(path: str, base: Base) -> None:
    for value in ("0", "201", "-1", "1.5", "x", "٣", "9" * 400, "1e2", "+1"):
        message = "Give a whole number from 1 to 200."
        assert problems(f"{path}?limit={value.replace('+', '%2B')}") == {"limit": message}
    for value in ("-1", "1000001", "9" * 400):
        message = "Give a whole number from 0 to 1000000."
        assert problems(f"{path}?offset={value}") == {"offset": message}
    assert read(f"{path}?limit=200&offset=1000000")["results"] == []


def test_two_errors_are_both_told() -> None:
    answer = read("therapies/?x=1&y=2", status=400)
    assert answer["detail"] == "2 things are wrong with the request; errors lists them."
    assert [error["parameter"] for error in answer["errors"]] == ["x", "y"]


def test_thousands_of_parameters_are_refused() -> None:
    query = "&".join(f"p{n}=1" for n in range(20_100))
    assert problems(f"therapies/?{query}") == {
        None: "The request is malformed. Send fewer and plainer parameters."
    }


HOSTILE = [
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F%98%80",
    "'",
    '"',
    "%25",
    "_",
    "\\",
    "%0d%0a",
]
HOSTILE += ["9" * 400, "-1", "(" * 150, "1e309", "%E2%80%AE", "null", "[]", "../..", "%C2%B2"]


def test_hostile_values_are_refused_or_find_nothing(base: Base) -> None:
    for value in HOSTILE:
        for path in ("therapies/", "mechanisms/", "sources/", "claims/", "changes/", "log/"):
            for query in _queries(path, value):
                answer = Client().get(BASE + more(path, query))
                assert answer.status_code in (200, 400), (path, query)
        for path in ("therapies/", "claims/", "log/", "therapies/ocrelizumab/versions/"):
            assert Client().get(f"{BASE}{path}{value}/").status_code == 404, (path, value)


def _queries(path: str, value: str) -> list[str]:
    """One query for each free text, and one for everything that has a fixed form."""
    operation: dict[str, Any] = schema_document()["paths"][f"/api/v1/{path}"]["get"]
    found = {p["name"]: p["schema"] for p in operation["parameters"] if p["in"] == "query"}
    free = {name for name, schema in found.items() if "maxLength" in schema}
    fixed = "&".join(f"{name}={value}" for name in sorted(set(found) - free))
    return [*(f"{name}={value}" for name in free), fixed]
