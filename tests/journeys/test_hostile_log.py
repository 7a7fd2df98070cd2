"""Whatever a log may hold, every output of it survives: no error, well-formed, nothing unseen."""

import itertools
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import feedparser
import pytest
from django.core.management import call_command
from django.test import Client

from publication import log
from publication.entries import Entry
from publication.published import read_models
from publication.reports import Report, spelled
from publication.writing import is_unseen
from sources.models import Source
from tests.addresses import crawl, public_addresses
from tests.hostile import DIRT, hostile_base
from tests.reporting import reported
from tests.small_base import Base
from tests.workroom import page, signed_in, superuser
from therapies.models import Mechanism, Therapy
from therapies.published import PublishedClaim

pytestmark = pytest.mark.django_db

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
KINDS = {"therapies": Therapy, "mechanisms": Mechanism, "sources": Source}


@pytest.fixture(scope="module")
def _hostile(module_rows: None) -> Base:
    return hostile_base()


@pytest.fixture
def hostile(db: None, _hostile: Base) -> Base:
    """Forged once for all tests here."""
    return _hostile


def fillings(route: str) -> dict[str, list[str]]:
    """What each parameter of a route may be, so that it leads to something."""
    kind = next((kind for kind in KINDS if f"{kind}/" in route), "")
    rows = KINDS[kind].objects.all() if kind else Therapy.objects.none()
    entries = [e for row in rows for e in log.entries(row.record_type, row.public_id)]
    versions = sorted({str(e.version) for e in entries})
    claims = list(PublishedClaim.objects.values_list("claim_id", flat=True).distinct())
    return {
        "slug": sorted({e.body["slug"] for e in entries}),
        "address": sorted({e.body["slug"] for e in entries} | {e.public_id for e in entries}),
        "number": versions,
        "version": versions,
        "a": versions,
        "b": versions,
        "claim_id": claims,
        "reference": [*map(spelled, Report.objects.values_list("pk", flat=True)), "nothing"],
        "seq": [str(seq) for seq in Entry.objects.values_list("seq", flat=True)],
        "rest": ["nothing"],
        "code": sorted({row.doi for row in rows if getattr(row, "doi", "")} | {"10.1/nothing"}),
        "path": ["nothing"],
        "name": ["topic", "nothing"],
    }


def addresses() -> Iterator[str]:
    """Every public address of everything in the log."""
    for route, _ in public_addresses():
        names = [a or b for a, b in PARAMETER.findall(route)]
        known = fillings(route)
        for filling in itertools.product(*(known[name] for name in names)):
            values = iter(filling)
            yield "/" + PARAMETER.sub(lambda _, v=values: next(v), route).removesuffix("$")


def unseen(text: str) -> set[str]:
    """What a page shows raw; what a form sends back is as it is stored."""
    text = re.sub(r' value="[^"]*"', "", text)
    text = re.sub(r"(?s)(<textarea[^>]*>).*?</textarea>", r"\1", text)
    return {f"U+{ord(c):04X}" for c in set(text) if is_unseen(c) and c not in "\t\n\r"}


def wrong_with(client: Client, address: str) -> str:
    """What is wrong with an answer; empty when nothing is."""
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    if answer.status_code >= 500:
        return f"{address}: {answer.status_code}"
    kind = answer.headers.get("Content-Type", "")
    text = body.decode()
    if "json" in kind:
        json.loads(text)
    if "html" in kind and (found := unseen(text)):
        return f"{address}: {sorted(found)}"
    if "xml" in kind:
        read = feedparser.parse(body)
        return f"{address}: {read.bozo_exception}" if read.bozo else ""
    return ""


def test_every_public_address_answers(client: Client, hostile: Base) -> None:
    client.raise_request_exception = False
    claim = PublishedClaim.objects.current()[0].claim_id
    for at in ("/therapies/ocrelizumab-iv/", f"/claims/{claim}/"):
        reported(f"{at}report/", DIRT.encode(errors="replace").decode())
    found = list(addresses())
    found += [f"/claims/{claim}/report/?as_of={seq}" for seq in range(1, log.head_seq())]
    assert len(found) > 150
    assert [wrong for address in found if (wrong := wrong_with(client, address))] == []


def test_lists_answer_for_every_state_of_the_log(client: Client, hostile: Base) -> None:
    client.raise_request_exception = False
    newest = log.head_seq()
    found = [
        f"{base}{kind}/{query}"
        for base in ("/", "/api/v1/")
        for kind in KINDS
        for query in (
            f"?as_of={newest - 3}",
            "?q=long",
            "?q=%00",
            "?q=%ED%A0%80",
            f"?as_of={newest}",
        )
    ]
    found += [f"/api/v1/claims/?as_of={seq}" for seq in range(1, newest + 1)]
    found += [f"/api/v1/changes/?since={seq}" for seq in range(newest)]
    assert [wrong for address in found if (wrong := wrong_with(client, address))] == []


def test_every_link_leads_somewhere(client: Client, hostile: Base) -> None:
    client.raise_request_exception = False
    found = {address: status for address, status, _ in crawl(client, ("/", "/api/v1/"))}
    assert {a: s for a, s in found.items() if s >= 500 or s == 404} == {}


def test_api_keeps_what_can_be_sent(client: Client, hostile: Base) -> None:
    newest = log.approved_version("therapy", hostile.therapy.public_id, 3)
    assert newest is not None
    shown = client.get(f"/api/v1/log/{newest.seq}/").json()
    kept = DIRT.translate(dict.fromkeys([0, 0xD800, 0xDFFF], "\ufffd"))
    assert kept in shown["note"]
    assert kept in shown["content"]["claims"][0]["evidence"][0]["passage"]["exact"]
    assert (shown["canonical"], shown["envelope"]) == (newest.content, newest.envelope)


def test_feed_shows_what_is_not_seen(client: Client, hostile: Base) -> None:
    read = feedparser.parse(client.get("/changes.atom").content)
    assert not read.bozo
    assert "[U+0002]" in " ".join(entry.summary for entry in read.entries)


def workroom_pages(base: Base) -> Iterator[str]:
    yield from ("/admin/", "/admin/queue/")
    for record in (base.source, base.therapy, base.mechanism):
        yield from (page(record, name) for name in ("change", "review", "history"))
    for name in ("publication_entry", "publication_contribution", "editorial_reviewevent"):
        yield f"/admin/{name.replace('_', '/')}/"
    yield "/admin/editorial/judgement/"
    for seq in Entry.objects.values_list("seq", flat=True):
        yield f"/admin/publication/entry/{seq}/change/"


def test_workroom_shows_it(hostile: Base) -> None:
    client = signed_in(superuser())
    client.raise_request_exception = False
    found = list(workroom_pages(hostile))
    assert [wrong for address in found if (wrong := wrong_with(client, address))] == []


def rows() -> list[Any]:
    return [sorted(map(str, model._default_manager.values())) for model in read_models()]


def test_read_models_are_made_anew_from_it_and_the_log_is_verified(hostile: Base) -> None:
    before = rows()
    call_command("rebuild", stdout=StringIO(), stderr=StringIO())
    assert rows() == before
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", stdout=StringIO(), stderr=err)
    assert "canonical form" in err.getvalue()
    assert "differs from the log" not in err.getvalue()
