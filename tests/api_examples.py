"""Requests of which the OpenAPI document shows the answers, and those answers: of the small base,
with ids, people and moments that are the same each time.
"""

import datetime as dt
import itertools
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import time_machine
from django.test import Client, override_settings

from editorial import actions
from editorial.models import User
from msportal import errors
from msportal.reference.document import EVERYWHERE
from publication.api import problems
from publication.notes import Signer
from tests import building, clocks
from tests.databases import ROOT
from tests.small_base import Base, small_base

HOST = "example.org"
BEGINS = dt.datetime(2026, 1, 30, 9, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 2, 2, 14, 0, tzinfo=dt.UTC)
COMPARED = dt.datetime(2026, 2, 5, 11, 15, tzinfo=dt.UTC)
WITHDRAWN = dt.datetime(2026, 2, 9, 8, 0, tzinfo=dt.UTC)
HASH_OF_NONE = "f" * 64
_REQUEST = "0b6ef6ab-5d1c-4c1c-9d3e-0d8f8e5b8a10"
_SOURCE = "therapies-of-multiple-sclerosis"
_FORMATS = ("json", "jsonld", "csl", "bibtex", "ris")
_LOG = Signer(f"{HOST}/log", bytes(range(32)))
"""Its key is known to everybody, and that of no site."""
_RECORDS = {"therapies": "ocrelizumab", "mechanisms": "b-cell-depletion", "sources": _SOURCE}


@contextmanager
def always_the_same() -> Iterator[None]:
    """Public ids, ids of people, moments and the key of the log as they were the last time."""
    numbers, chosen = itertools.count(1), random.Random(20260130)
    create = User.objects.create_user

    def numbered(*arguments: Any, **fields: Any) -> User:
        return create(*arguments, id=next(numbers), **fields)

    with (
        patch("editorial.models.records.secrets", SimpleNamespace(choice=chosen.choice)),
        patch.object(building.User.objects, "create_user", numbered),
        override_settings(ALLOWED_HOSTS=[HOST]),
        _signed(),
        clocks.believed(),
    ):
        yield


@contextmanager
def _signed() -> Iterator[None]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "key"
        path.write_text(_LOG.written(), encoding="ascii")
        with override_settings(LOG_KEY_FILE=path, LOG_NAME=""):
            yield


@contextmanager
def _at(moment: dt.datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def all_examples() -> dict[str, Any]:
    """By operation, status and media type, what the document shows."""
    found: dict[str, Any] = {}
    with always_the_same():
        with _at(BEGINS):
            base = small_base()
        with _at(BEGINS + dt.timedelta(days=1)):
            for operation, path in before(base):
                _add(found, operation, path)
        with _at(LATER):
            gone = _changed(base)
        with _at(LATER + dt.timedelta(days=1)):
            for operation, path in after(gone):
                _add(found, operation, path)
        with _at(COMPARED):
            for operation, path in compared(base):
                _add(found, operation, path)
        with _at(WITHDRAWN):
            for operation, path in withdrawn(base):
                _add(found, operation, path)
    found[EVERYWHERE] = {**found.get(EVERYWHERE, {}), **of_the_site()}
    return found


def before(base: Base) -> Iterator[tuple[str, str]]:
    """What is asked of the small base: all answers with status 200."""
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    yield "root_read", ""
    for plural, slug in _RECORDS.items():
        yield f"{plural}_list", f"{plural}/?limit=1"
        yield f"{plural}_versions", f"{plural}/{slug}/versions/"
        for name in _FORMATS:
            asked = "" if name == "json" else f"?format={name}"
            yield f"{plural}_read", f"{plural}/{slug}/{asked}"
            yield f"{plural}_version", f"{plural}/{slug}/versions/1/{asked}"
    yield "claims_list", "claims/?topic=outcome&limit=1"
    for name in _FORMATS:
        asked = "" if name == "json" else f"?format={name}"
        yield "claims_read", f"claims/{claim_id}/{asked}"
    yield "changes_list", "changes/?since=2"
    yield "log_list", "log/?limit=1"
    yield "log_read", "log/2/"
    yield "checkpoint_read", "log/checkpoint/"
    yield "log_key_read", "log/key/"
    yield "search_list", "search/?q=relapse+rate"
    yield "export_read", "export/?type=mechanism"
    yield "export_read", "export/?type=mechanism&format=csv"
    yield "vocabulary_one", "vocabulary/certainty/"


def _changed(base: Base) -> str:
    """Each record has a new slug; the id of a claim that went."""
    gone = base.therapy.claims.order_by("pk")[0]
    for record in (base.source, base.mechanism, base.therapy):
        revised = actions.revise(record, by=base.editor)
        revised.slug = f"{record.slug}-in-new-words"
        revised.save()
        if record == base.therapy:
            base.therapy.claims.get(pk=gone.pk).delete()
        building.publish(revised, editor=base.editor, reviewer=base.reviewer)
    return str(gone.public_id)


def after(gone: str) -> Iterator[tuple[str, str]]:
    """What is asked when all have moved and one claim went: what is not answered with 200."""
    for plural, slug in _RECORDS.items():
        for action, rest in (("read", ""), ("versions", "versions/"), ("version", "versions/1/")):
            yield f"{plural}_{action}", f"{plural}/{slug}/{rest}"
            yield f"{plural}_{action}", f"{plural}/unheard-of/{rest}"
        yield f"{plural}_list", f"{plural}/?kind=unheard-of&limit=500"
        yield f"{plural}_read", f"{plural}/{slug}/?as_of=2999-01-01"
    yield "claims_read", f"claims/{gone}/"
    yield "claims_list", "claims/?certainty=sure"
    yield "claims_read", "claims/unheardof/"
    yield "log_read", "log/1000/"
    yield "log_read", f"log/1/?hash={HASH_OF_NONE}"
    yield "changes_list", "changes/?since=-1"
    yield "changes_list", f"changes/?since=3&hash={HASH_OF_NONE}"
    yield "vocabulary_one", "vocabulary/unheard_of/"
    with override_settings(LOG_KEY_FILE=Path("nowhere")):
        yield "checkpoint_read", "log/checkpoint/"
        yield "log_key_read", "log/key/"
    yield EVERYWHERE, "?nonsense=1"


def compared(base: Base) -> Iterator[tuple[str, str]]:
    """What is asked when there is a second therapy, of another source."""
    people = {"editor": base.editor, "reviewer": base.reviewer}
    title = "Infusions in multiple sclerosis"
    given = "Rituximab is given as an infusion."
    lowers = "Rituximab lowered the annualised relapse rate against placebo."
    source = building.source_with_text(
        f"{title}\n\n{given} {lowers}\n", title=title, kind="journal-article", date="2020"
    )
    building.publish(source, **people)
    other = building.therapy("Rituximab")
    building.claim(
        other,
        lowers,
        source=source,
        topic="outcome",
        outcome="annualised relapse rate",
        effect_direction="better",
        comparator="placebo",
    )
    building.claim(other, given, source=source, topic="administration", route="infusion")
    building.publish(other, **people)
    yield "compare_read", f"compare/?therapy={base.therapy.public_id}&therapy={other.slug}"


def withdrawn(base: Base) -> Iterator[tuple[str, str]]:
    """What is asked of records that are public no longer."""
    for record in (base.therapy, base.mechanism, base.source):
        row = type(record)._default_manager.get(pk=record.pk)
        actions.withdraw(row, by=base.reviewer, note="It names the wrong substance.")
        yield f"{record.plural}_read", f"{record.plural}/{record.public_id}/"


def _add(found: dict[str, Any], operation: str, path: str) -> None:
    """One answer; a redirect has the address that was asked for in its summary, as all do."""
    answer = _ask(path)
    media_type = answer["Content-Type"].partition(";")[0]
    value = _text(answer) if answer.streaming or "json" not in media_type else answer.json()
    at = found.setdefault(operation, {}).setdefault(str(answer.status_code), {})
    shown = {"summary": f"GET /api/v1/{path}", "value": value}
    at.setdefault(media_type, {})["example"] = shown


def _text(answer: Any) -> str:
    """A stream is read to its end."""
    whole: bytes = b"".join(answer) if answer.streaming else answer.content
    return whole.decode()


def _ask(path: str, **headers: str) -> Any:
    return Client(raise_request_exception=False).get(
        f"/api/v1/{path}", secure=True, headers={"host": HOST, **headers}
    )


def of_the_site() -> dict[str, Any]:
    """What refuses before a view does, the proxy included, and what takes none."""
    accept = {"accept": "text/html", "x-request-id": _REQUEST}
    bodies = {
        406: _ask("", **accept).json(),
        414: _by_the_proxy(414),
        429: _by_the_proxy(429),
        500: _failed(500),
        503: _failed(503),
    }
    return {
        str(status): {
            problems.MEDIA_TYPE: {"example": {"summary": problems.phrase(status), "value": body}}
        }
        for status, body in bodies.items()
    }


def _by_the_proxy(status: int) -> dict[str, Any]:
    """As nginx has it."""
    told = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    details = re.findall(rf'^ *{status} "([^"]+\.)";$', told, re.MULTILINE)
    return problems.problem(status, details[0])


def _failed(status: int) -> dict[str, Any]:
    with patch("msportal.errors.current", lambda: _REQUEST):
        answer = errors._problem(status, errors._PROBLEMS[status])
    found: dict[str, Any] = json.loads(answer.content)
    return found
