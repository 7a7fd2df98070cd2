"""Readers who fill in the form on which problems are reported, as a browser sends it."""

import itertools
from typing import Any

from django.http import HttpResponse
from django.test import Client

from publication import reports
from publication.reports import Report
from tests.workroom import presses

_visitors = itertools.count(1)

WORDS = "The passage speaks of mice."


def sent(path: str, *, client: Client | None = None, **changed: Any) -> HttpResponse:
    """The answer to the form of this address, some fields filled in otherwise."""
    client = client or Client()
    (fields,) = (f for f in presses(client.get(path).content.decode()) if "ticket" in f)
    filled = {**fields, "kind": "not-said", "text": WORDS, **changed}
    return client.post(path, filled)  # type: ignore[return-value]


def reported(path: str, text: str = WORDS) -> Report:
    """A report that was taken, of somebody whom the limits do not know yet."""
    number = next(_visitors)
    visitor = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
    answer = sent(path, client=visitor, text=text)
    assert answer.status_code == 303, answer.content.decode()
    return Report.objects.get(pk=reports.understood(answer["Location"].split("/")[-2]))
