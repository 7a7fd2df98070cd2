"""The lists of the workroom as CSV: what the filters leave, and nothing that calculates."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import actions
from editorial.models import User
from sources.models import Source
from tests.building import claim, mechanism, publish, source_with_text, therapy
from tests.workroom import signed_in, staff
from therapies.models import Mechanism, Therapy

pytestmark = pytest.mark.django_db

LISTS = ("therapies_therapy", "therapies_mechanism", "sources_source", "therapies_claim")
TEXT = "A title\n=SUM(A1) reduced relapses. It depletes B cells."


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title", kind="trial-report")


@pytest.fixture
def record(source: Source) -> Therapy:
    above = therapy("Antibodies", kind="drug-class")
    acts = mechanism("B-cell depletion", target="B cells")
    found = therapy(
        "Ocrelizumab", brands=["Ocrevus", "Other, brand"], identifiers={"ATC": "L04AG08"},
        member_of=above, member_of_name="Antibodies",
    )  # fmt: skip
    claim(
        found, "=SUM(A1) reduced relapses.", source=source, topic="outcome", outcome="+relapses",
        effect_direction="better", courses=["rrms", "ppms"], acts_by=acts,
    )  # fmt: skip
    return found


def table(user: User, name: str, query: str = "") -> list[dict[str, str]]:
    answer: Any = signed_in(user).get(reverse(f"admin:{name}_export") + query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_therapies_are_told_in_words(editor: User, record: Therapy) -> None:
    rows = table(editor, "therapies_therapy")
    assert [row["name"] for row in rows] == ["Antibodies", "Ocrelizumab"]
    row = rows[1]
    assert row["id"] == record.public_id
    assert row["brand names"] == "Ocrevus; Other, brand"
    assert (row["kind"], row["class"], row["claims"]) == ("drug", "Antibodies", "1")
    assert (row["identifiers"], row["state"]) == ("ATC: L04AG08", "draft")
    assert row["readers see"] == "nothing yet"


def test_what_readers_see_is_told(editor: User, source: Source) -> None:
    publish(source)
    assert table(editor, "sources_source")[0]["readers see"] == "version 1"
    actions.withdraw(source, by=staff("reviewer"), note="Wrong.")
    (row,) = table(editor, "sources_source")
    assert (row["readers see"], row["kind"]) == ("withdrawn", "trial report")


def test_claims_have_every_value_in_words_and_nothing_calculates(
    editor: User, record: Therapy
) -> None:
    (row,) = table(editor, "therapies_claim")
    assert row["text"] == "'=SUM(A1) reduced relapses."
    assert row["outcome"] == "'+relapses"
    assert row["change for the patient"] == "better"
    assert row["disease course"] == "relapsing-remitting MS, primary progressive MS"
    assert (row["about"], row["mechanism"]) == ("Ocrelizumab", "B-cell depletion")
    assert (row["record is"], row["passages"], row["serious"]) == ("draft", "1", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_names_that_begin_like_a_formula_are_plain_text(editor: User, sign: str) -> None:
    Mechanism.objects.create(name=f"{sign}cmd", slug="cmd")
    (row,) = table(editor, "therapies_mechanism")
    assert row["name"].startswith("'")


def test_filter_and_search_hold(editor: User, record: Therapy) -> None:
    assert len(table(editor, "therapies_therapy", "?kind__exact=drug-class")) == 1
    assert [r["name"] for r in table(editor, "therapies_therapy", "?q=ocre")] == ["Ocrelizumab"]
    assert table(editor, "therapies_claim", "?topic__exact=safety") == []
    gone = therapy("Gone")
    actions.drop(gone, by=editor, note="A mistake.")
    assert "Gone" not in [row["name"] for row in table(editor, "therapies_therapy")]
    assert len(table(editor, "therapies_therapy", "?state__exact=discarded")) == 1


def test_filter_that_the_list_has_not_leads_back_to_it(editor: User) -> None:
    answer = signed_in(editor).get(reverse("admin:therapies_therapy_export") + "?secret=1")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("admin:therapies_therapy_changelist") + "?secret=1",
    )


@pytest.mark.parametrize("name", LISTS)
def test_list_links_its_own_rows(editor: User, record: Therapy, name: str) -> None:
    html = signed_in(editor).get(reverse(f"admin:{name}_changelist") + "?q=a").content.decode()
    address = reverse(f"admin:{name}_export")
    assert f'<a href="{address}?q=a">Export as CSV</a>' in html


@pytest.mark.parametrize("name", LISTS)
def test_only_who_may_see_the_list_has_it(record: Therapy, name: str) -> None:
    address = reverse(f"admin:{name}_export")
    assert Client().get(address).status_code == 302
    stranger = staff("editor")
    stranger.groups.clear()
    assert signed_in(stranger).get(address).status_code == 403
    assert signed_in(staff("administrator")).get(address).status_code == 200
    assert signed_in(staff("editor")).post(address).status_code == 405
    assert "no-store" in signed_in(staff("editor")).get(address).headers["Cache-Control"]


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_take_no_more_queries(
    editor: User, record: Therapy, source: Source, name: str
) -> None:
    client, counts = signed_in(editor), []
    for number in range(2):
        more = therapy(f"Drug {number}", member_of=record)
        mechanism(f"Acts {number}")
        source_with_text(f"Text {number}", title=f"Title {number}")
        claim(more, "It depletes B cells.", source=source)
        with CaptureQueriesContext(connection) as captured:
            answer: Any = client.get(reverse(f"admin:{name}_export"))
            assert b"".join(answer.streaming_content)
        counts.append(len(captured))
    assert counts[0] == counts[1]
