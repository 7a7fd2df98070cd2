"""On which page of its file a passage stands: said wherever the passage is, and of files alone."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from sources.models import Document, Source
from tests.building import claim, publish, source_with_text
from tests.filed import DEPLETES, HERPES, RELAPSES, TITLE, reading_of, report
from tests.html import attributes, text_of, texts
from tests.msportal.agents.calling import called, connection_kept
from tests.openapi import get, read
from tests.workroom import page, signed_in, staff
from therapies.models import Claim, Mechanism, Therapy

pytestmark = [pytest.mark.django_db, pytest.mark.process]

PLAIN = "Ocrelizumab may cause headache."
PLACES = {DEPLETES: "p. 1", RELAPSES: "pp. 1–2", HERPES: "p. 2", PLAIN: None}


@dataclass
class Public:
    source: Source
    plain: Source
    drug: Therapy

    @property
    def document(self) -> Document:
        return self.source.documents.get()

    def claim(self, text: str) -> Claim:
        return self.drug.claims.get(text=text)


@pytest.fixture(scope="module")
def _public(module_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Public:
    """What the report yields, and one claim of a text, taken through review."""
    path = tmp_path_factory.mktemp("files") / "report.pdf"
    path.write_bytes(report())
    call_command("seed", str(path), stdout=io.StringIO())
    drug = Therapy.objects.get()
    plain = source_with_text(f"A plain text. {PLAIN}", title="A plain text")
    claim(drug, PLAIN, source=plain, topic="safety")
    for record in (*Source.objects.all(), *Mechanism.objects.all(), drug):
        publish(record)
    return Public(Source.objects.exclude(pk=plain.pk).get(), plain, drug)


@pytest.fixture
def public(db: None, _public: Public) -> Public:
    return _public


def claims() -> dict[str, dict[str, Any]]:
    """What the API says of each claim of the therapy."""
    found = read("claims/?subject=ocrelizumab")["results"]
    return {row["text"]: row for row in found if row["text"] in PLACES}


# API


def test_api_says_the_page(public: Public) -> None:
    places = {text: row["evidence"][0]["passage"]["locator"] for text, row in claims().items()}
    assert places == PLACES


def test_api_says_how_the_text_of_a_file_was_made(public: Public) -> None:
    file = reading_of(report()).file
    assert file is not None
    (document,) = read(f"sources/{public.source.slug}/")["documents"]
    assert {name: document[name] for name in ("reader", "text_sha256", "page_count")} == {
        "reader": file.reader,
        "text_sha256": public.document.text_sha256,
        "page_count": 2,
    }
    assert (document["encoding"], document["size"]) == ("pdf", len(report()))
    assert document["sha256"] == public.document.sha256 != document["text_sha256"]
    reading = read(f"sources/{public.source.slug}/")["readings"][0]
    assert (reading["field"], reading["passage"]["locator"]) == ("title", "p. 1")


def test_api_says_nothing_of_it_of_a_text(public: Public) -> None:
    record = read("sources/a-plain-text/")
    (document,) = record["documents"]
    assert {document[name] for name in ("reader", "text_sha256", "page_count")} == {None}
    assert record["readings"][0]["passage"]["locator"] is None


def test_stored_content_has_the_page(public: Public) -> None:
    stored = read(f"therapies/{public.drug.slug}/versions/1/")["content"]
    found = {
        item["text"]: item["evidence"][0]["passage"].get("locator", "")
        for item in stored["claims"]
        if item["text"] in PLACES
    }
    assert found == {text: place or "" for text, place in PLACES.items()}


# Pages


@pytest.mark.parametrize("text", [DEPLETES, RELAPSES, HERPES])
def test_claim_page_says_the_page_beside_the_offsets(
    client: Client, public: Public, text: str
) -> None:
    passage = public.claim(text).evidence.get().passage
    said = text_of(client.get(f"/claims/{public.claim(text).public_id}/"))
    assert f"{TITLE}, {PLACES[text]}. Checked by " in said
    before, offsets, _ = said.partition(f" Characters {passage.start} to {passage.end} of ")
    assert offsets
    assert f"{PLACES[text]}. Checked by " in before[-100:]


def test_claim_page_of_a_text_says_no_page(client: Client, public: Public) -> None:
    said = text_of(client.get(f"/claims/{public.claim(PLAIN).public_id}/"))
    assert "1 A plain text. Checked by " in said
    assert "p. " not in said


def test_therapy_page_says_the_page(client: Client, public: Public) -> None:
    said = text_of(client.get(f"/therapies/{public.drug.slug}/"))
    for text in (DEPLETES, RELAPSES, HERPES):
        passage = public.claim(text).evidence.get().passage
        offsets = f"Characters {passage.start} to {passage.end} of the document"
        assert f"{TITLE}, {PLACES[text]}. {offsets}" in said
    passage = public.claim(PLAIN).evidence.get().passage
    assert f"A plain text. Characters {passage.start} to {passage.end} of the document" in said


def test_source_page_says_the_page_of_each_passage(client: Client, public: Public) -> None:
    answer = client.get(f"/sources/{public.source.slug}/")
    said = text_of(answer)
    for text in (DEPLETES, RELAPSES, HERPES):
        assert f" {text} {PLACES[text]} Ocrelizumab, " in said
    where = texts(answer, "details", "more")
    assert any("p. 1 of the file; characters 0 to 43 (Unicode" in words for words in where)


def test_source_page_of_a_text_says_no_page(client: Client, public: Public) -> None:
    said = text_of(client.get(f"/sources/{public.plain.slug}/"))
    assert f" {PLAIN} Ocrelizumab, " in said
    assert "Where exactly Characters 0 to 12 (Unicode" in said
    assert "p. " not in said


# Agents and exports


def test_agents_are_told_the_page(public: Public) -> None:
    with connection_kept():
        answer, told = called("evidence", claim=public.claim(RELAPSES).public_id)
        plainly, told_plainly = called("evidence", claim=public.claim(PLAIN).public_id)
    passage = public.claim(RELAPSES).evidence.get().passage
    (item,) = answer["claim"]["evidence"]
    assert item["passage"]["locator"] == "pp. 1–2"
    span = f"characters {passage.start} to {passage.end} of document {public.document.sha256}:"
    assert f", pp. 1–2, {span}" in told
    assert "locator" not in plainly["claim"]["evidence"][0]["passage"]
    assert "), characters 14 to 45 of document" in told_plainly


def test_sheets_have_the_page(public: Public) -> None:
    text = get("export/?type=claim&format=csv").whole.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    found = {row["text"]: row["locator"] for row in rows if row["subject_type"] == "therapy"}
    assert {t: found[t] for t in PLACES} == {t: place or "" for t, place in PLACES.items()}


# The workroom


def test_workroom_says_the_page_and_who_made_the_text(public: Public) -> None:
    client = signed_in(staff("editor"))
    said = text_of(client.get(page(public.document, "change")))
    assert public.document.reader in said
    assert public.document.text_sha256 in said
    assert "Pages: 1 2 " in said
    of_text = text_of(client.get(page(public.plain.documents.get(), "change")))
    for label in ("Reader:", "Text sha256:", "Pages:"):
        assert label in said
        assert label not in of_text


def test_review_page_shows_the_pages_as_printed(public: Public) -> None:
    answer = signed_in(staff("reviewer")).get(page(public.drug, "review"))
    said = text_of(answer)
    assert f"{TITLE}, pp. 1–2 · in the whole text" in said
    pictures = [image for image in attributes(answer, "img") if "/page/" in (image["src"] or "")]
    passage = public.claim(RELAPSES).evidence.get().passage
    span = f"start={passage.start}&end={passage.end}"
    mine = [image for image in pictures if span in (image["src"] or "")]
    assert [(image["src"] or "").partition("/page/")[2] for image in mine] == [
        f"1.png?{span}&strip=1",
        f"2.png?{span}&strip=1",
    ]
    assert mine[1]["alt"] == "p. 2 as printed, with these words marked"
    plain = public.claim(PLAIN).evidence.get().passage
    assert not [i for i in pictures if f"start={plain.start}&end={plain.end}" in (i["src"] or "")]
