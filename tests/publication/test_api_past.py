"""``as_of`` by day and instant: a base of its own, published on days of its own."""

import pytest

from tests import clocks
from tests.openapi import get, read
from tests.publication.test_api_records import THERAPY, second_version
from tests.small_base import small_base

pytestmark = pytest.mark.django_db


def test_as_of_takes_dates_and_instants() -> None:
    with clocks.on("2026-01-30T12:00:00Z"):
        base = small_base()
    with clocks.on("2026-02-01T00:00:00Z"):
        second_version(base)
    for value, version in (
        ("2026-01-31", 1),
        ("2026-02-01", 2),
        ("2026-01-31T23:59:59.999999Z", 1),
        ("2026-02-01T01:00:00%2B01:00", 2),
    ):
        assert read(f"{THERAPY}?as_of={value}")["version"] == version
    for early in ("2026-01-29", "0999-01-01T00:00:00Z", "0001-01-01"):
        said = get(f"{THERAPY}?as_of={early}", status=404).json()["detail"]
        assert said == (
            "“Ocrelizumab” was not public yet at entry 0; it was first approved on 2026-01-30 as "
            "entry 3."
        )
    claim_id = read(THERAPY)["claims"][0]["id"]
    said = get(f"claims/{claim_id}/?as_of=2", status=404).json()["detail"]
    assert said.startswith("The claim was not public yet at entry 2; it was first approved on")
    for ahead in ("2126-01-01", "2126-01-01T00:00:00Z", "5"):
        refusal = get(f"{THERAPY}?as_of={ahead}", status=400).json()["errors"][0]["detail"]
        assert refusal.endswith("(UTC), and the newest entry of the log is 4.")
