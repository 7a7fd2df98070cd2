"""Whatever code answers the public, the database is asked for nothing but the reading room."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from publication import published
from publication.models import Entry, LogHead
from tests.journeys.test_canary import STARTS, Planter, crawl
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

READING_ROOM = {m._meta.db_table for m in (Entry, LogHead, *published.read_models())}
FILTERED = (
    "/therapies/?q=thing&kind=drug&course=rrms&status=licensed&route=oral",
    "/mechanisms/?q=thing&kind=action",
    "/sources/?q=thing&kind=web-page&standing=current&year=2019",
    "/api/v1/therapies/?q=thing&outcome=relapse&topic=safety&class=x",
    "/api/v1/sources/?q=thing&doi=10.1000/182&year=2019",
    "/api/v1/claims/?topic=safety&certainty=stated&course=rrms&direction=supports",
    "/therapies/?as_of=3",
    "/api/v1/claims/?as_of=3",
)


@contextmanager
def tables_asked_for() -> Iterator[set[str]]:
    """Every table of the project that a statement names meanwhile."""
    known = {model._meta.db_table for model in apps.get_models()}
    asked: set[str] = set()

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.update(set(re.findall(r"\w+", sql)) & known)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        yield asked


def test_public_answers_ask_for_the_reading_room_alone(client: Client) -> None:
    Planter().plant_all()
    with tables_asked_for() as asked:
        pages = list(crawl(client, (*STARTS[:-1], *FILTERED)))  # the last is the sign-in page
    assert len(pages) > 40
    assert asked <= READING_ROOM
    assert {"publication_entry", *(t._meta.db_table for t in published.tables().values())} <= asked


def test_a_question_for_drafts_would_be_seen() -> None:
    with tables_asked_for() as asked:
        list(Therapy.objects.filter(state="draft"))
    assert asked == {"therapies_therapy"}
