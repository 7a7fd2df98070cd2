"""Whatever code answers readers, the database is asked for nothing but the reading room."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from msportal import sitemaps
from msportal.exporting.kinds import BY_TYPE
from msportal.reading_room import BeyondTheReadingRoom, ReadingRoomOnly
from publication import published, verify
from sources.api.formats import CITED
from tests.addresses import crawl, public_addresses, workroom_addresses
from tests.journeys.test_canary import STARTS, Planter
from tests.small_base import Base, later, small_base
from tests.workroom import signed_in, superuser
from therapies.models import Therapy
from therapies.published import PublishedTherapy

pytestmark = pytest.mark.django_db

READING_ROOM = published.reading_room()
REPRESENTATIONS = [one.name for one in CITED]
FILTERED = (
    "/therapies/?q=thing&kind=drug&course=rrms&status=licensed&route=oral",
    "/mechanisms/?q=thing&kind=action",
    "/sources/?q=thing&kind=web-page&standing=current&year=2019",
    "/api/v1/therapies/?q=thing&outcome=relapse&topic=safety&class=x",
    "/api/v1/sources/?q=thing&doi=10.1000/182&year=2019",
    "/api/v1/claims/?topic=safety&certainty=stated&course=rrms&direction=supports",
    "/sources/10.1000/182/",
    "/search/?q=b+cells",
    "/search/suggest/?q=oc",
    "/therapies/?as_of=3",
    "/api/v1/claims/?as_of=3",
    "/api/v1/claims/?serious=true&single_source=true&disputed=false&mark=withdrawn&comparator=x",
    "/api/v1/therapies/?expand=claims&fields=name,claims.text&approved_after=1",
    "/api/v1/vocabulary/topic/",
    "/api/v1/search/?q=thing",
    "/api/v1/compare/?therapy=ocrelizumab&therapy=thing",
    "/favicon.ico",
)


def busy_base() -> tuple[Base, Planter]:
    """Unapproved records in every state; approved ones with versions, a move, an end."""
    base, planter = small_base(), Planter()
    later(base)
    planter.plant_all()
    return base, planter


def test_every_public_address_is_answered_from_the_reading_room(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 5)
    base, planter = busy_base()
    starts = [*STARTS[:-1], *FILTERED, *planter.reports, "/api/v1/log/1/", "/api/v1/no/such/thing/"]
    starts += ["/api/v1/log/checkpoint/", "/api/v1/log/key/"]
    starts += [f"/api/v1/export/?type={name}" for name in BY_TYPE]
    starts += [f"/api/v1/export/?type={name}&format=csv" for name in BY_TYPE]
    starts += [f"/sitemap-{number}.xml" for number in range(1, 5)]
    for record in (base.source, base.mechanism, base.therapy):
        at = f"/api/v1/{record.plural}/{record.public_id}/"
        starts += [
            at,
            f"{at}versions/",
            f"{at}versions/1/",
            f"/{record.plural}/{record.slug}/diff/1/1/",
            *(f"{at}versions/1/?format={name}" for name in REPRESENTATIONS),
            *(f"{at}?as_of=3&format={name}" for name in REPRESENTATIONS),
        ]
    for claim in base.therapy.claims.all():
        at = f"/api/v1/claims/{claim.public_id}/"
        starts += [at, *(f"{at}?format={name}" for name in REPRESENTATIONS)]
    pages = {address: status for address, status, _ in crawl(client, tuple(starts))}
    assert {status for status in pages.values() if status >= 500} == set()
    assert {200, 301, 410} <= set(pages.values())
    met = {resolve(urlsplit(address).path).route.replace("^", "") for address in pages}
    assert {route for route, _ in public_addresses()} - met == set()


def test_read_models_of_a_busy_base_are_the_fold_of_the_log() -> None:
    """Nothing but the log was written into them."""
    busy_base()
    assert list(verify.read_models(verify.unwatched)) == []


# The wall itself.


def ask(path: str, question: Callable[[], Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(question()))

    ReadingRoomOnly(view)(RequestFactory().get(path))


def raw(sql: str) -> Callable[[], Any]:
    def question() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return question


QUESTIONS = [
    lambda: list(Therapy.objects.all()),
    lambda: PublishedTherapy.objects.filter(name__in=Therapy.objects.values("name")).count(),
    raw("SELECT count(*) FROM Therapies_Claim"),
    raw('SELECT count(*) FROM "editorial_user_groups"'),
    raw("SELECT count(*) FROM publication_contribution"),
    raw("SELECT count(*) FROM django_session"),
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("path", ["/", "/therapies/x/", "/api/v1/", "/administrators/"])
def test_answer_to_readers_that_asks_for_more_is_refused(
    path: str, question: Callable[[], Any]
) -> None:
    with pytest.raises(BeyondTheReadingRoom, match="which readers are not shown"):
        ask(path, question)


def test_what_is_for_readers_is_asked_for_and_the_workroom_asks_for_all() -> None:
    for question in QUESTIONS:
        ask("/admin/therapies/therapy/", question)
    for model in READING_ROOM:
        ask("/", lambda model=model: list(model._default_manager.all()))  # type: ignore[misc]
    question = QUESTIONS[0]
    assert question() == []  # and the wall is gone with the request


def test_wall_stands_before_whatever_asks_the_database() -> None:
    before = settings.MIDDLEWARE[
        : settings.MIDDLEWARE.index("msportal.reading_room.ReadingRoomOnly")
    ]
    assert {name.rpartition(".")[2] for name in before} == {
        *("RequestId", "SecurityHeaders", "XFrameOptionsMiddleware", "OpenToPrograms"),
        *("SecurityMiddleware", "WhiteNoiseMiddleware"),
        "CompressedForReaders",  # of what is answered
        "PatienceOfOneRequest",  # how long it may wait for one
        "AskTheDatabaseFirst",  # answers from no table; after an outage it asks what the start asks
    }


def test_signed_in_editor_reads_what_all_read(client: Client) -> None:
    small_base()
    path = "/therapies/ocrelizumab/"
    plain = client.get(path).content
    editor = signed_in(superuser())
    for address in ("/", path, "/api/v1/therapies/", "/changes.atom", "/nothing/"):
        assert editor.get(address).status_code == client.get(address).status_code
    assert editor.get(path).content == plain


def test_reading_room_leads_nowhere_else() -> None:
    """No relation into it or out of it, and no table of it under another name."""
    for model in READING_ROOM:
        for field in model._meta.get_fields(include_hidden=True):
            assert field.related_model is None or field.related_model in READING_ROOM, field
        assert model._meta.managed
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    assert len(tables) == len(set(tables))


# The workroom answers nobody whom it does not know.


def test_workroom_shows_a_stranger_its_door_alone(client: Client) -> None:
    base = small_base()
    known = {"object_id": base.therapy.pk, "app_label": "therapies", "content_type_id": 1}
    answered = []
    for address, names in workroom_addresses():
        path = "/" + address % {name: known.get(name, base.therapy.pk) for name in names}
        for answer in (client.get(path), client.post(path)):
            shut = answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
            answered += [] if shut else [path]
    assert set(answered) == {"/admin/login/", "/admin/logout/"}
    assert len(list(workroom_addresses())) > 60
