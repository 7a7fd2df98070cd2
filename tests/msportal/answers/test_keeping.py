"""Which answers say that they last: of every public address, those of the log and no others."""

import pytest
from django.test import Client

from publication import log
from publication.lasting import ASKED
from tests.addresses import public_addresses
from tests.small_base import Base

pytestmark = pytest.mark.django_db

NEVER = {
    "healthz",
    "readyz",
    "favicon.ico",
    "api/v1/log/checkpoint/",
    "api/v1/log/key/",
    "claims/<str:claim_id>/report/",
    "reports/",
    "reports/<str:number>/",
}
"""What tells of the process, of a report, of a key, or of nothing that the log has."""


def told(client: Client, path: str, **more: str) -> list[int]:
    heads: list[int] = []
    client.get(path, **{ASKED: heads.append}, **more)  # type: ignore[arg-type]
    return heads


def test_every_public_page_says_that_it_lasts_and_reports_do_not(
    client: Client, base: Base
) -> None:
    plain = {route for route, _ in public_addresses() if "<" not in route and "^" not in route}
    silent = {route for route in plain if told(client, f"/{route}") == []}
    assert silent == {route for route in NEVER if "<" not in route}


def test_answer_tells_the_head_that_it_was_made_from(client: Client, base: Base) -> None:
    claim = base.therapy.claims.order_by("pk")[0].public_id
    for path in (
        "/therapies/ocrelizumab/",
        "/api/v1/therapies/ocrelizumab/",
        "/api/v1/log/1/",
        f"/claims/{claim}/",
        "/therapies/?as_of=1",
    ):
        assert told(client, path) == [log.head_seq()], path
    assert told(client, f"/claims/{claim}/report/") == []


def test_what_is_signed_in_or_sent_says_nothing(admin_client: Client, base: Base) -> None:
    assert told(admin_client, "/admin/") == []
