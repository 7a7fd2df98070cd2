"""Answers to readers are compressed, the workroom's are not."""

import gzip

import pytest
from django.test import Client

from tests.small_base import Base

pytestmark = pytest.mark.django_db

ASKED = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/therapies/ocrelizumab/", "/api/v1/therapies/ocrelizumab/"])
def test_answers_to_readers_are_compressed(client: Client, base: Base, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=ASKED)
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == f"W/{plain['ETag']}"
    again = client.get(path, headers={**ASKED, "If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_answers_of_the_workroom_are_not(client: Client) -> None:
    page = client.get("/admin/login/", headers=ASKED)
    assert page.status_code == 200
    assert "Content-Encoding" not in page
