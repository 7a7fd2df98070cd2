"""No word of an unapproved record is anywhere in public: planted in every field, then searched."""

from typing import Any

import pytest
from django.db import models
from django.test import Client

from editorial import actions
from editorial.answering import answer
from editorial.models import Record, User
from publication import log
from publication.reports import spelled
from sources.models import Passage, Source
from tests.addresses import crawl
from tests.building import (
    claim,
    document_of,
    evidence,
    mechanism,
    person,
    publish,
    source_with_text,
    therapy,
)
from tests.html import texts
from tests.reporting import reported
from therapies.models import Claim, Mechanism, Proposal, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

CANARY = "zqxcanary"
OPEN = "CC-BY-4.0"
STATES = ("draft", "in-review", "changes-requested", "rejected", "edited", "edited-withdrawn")
KINDS = ("source", "therapy", "mechanism")
STARTS = (
    "/", "/about/", "/about/design/", "/changes/", "/changes.atom", "/sitemap.xml", "/robots.txt",
    "/llms.txt",
    "/healthz", "/readyz", "/therapies/", "/mechanisms/", "/sources/", "/api/v1/",
    "/api/v1/therapies/", "/api/v1/mechanisms/", "/api/v1/sources/", "/api/v1/claims/",
    "/api/v1/changes/", "/api/v1/log/", "/api/v1/schema/", "/api/v1/docs/",
    "/api/v1/vocabulary/", "/api/v1/search/?q=public", "/api/v1/therapies/?expand=claims",
    "/admin/login/",
)  # fmt: skip


class Planter:
    """Unapproved records of every kind in every state, every text of theirs with the canary."""

    def __init__(self) -> None:
        self.editor: User = person("editor")
        self.reviewer: User = person("reviewer")
        self.public = publish(source_with_text("A public source. It works.", licence=OPEN))
        self.number = 0
        self.records: list[Record] = []
        self.reports: list[str] = []
        """Where readers see what became of what they reported."""

    def word(self) -> str:
        """Another canary each time, as some fields are unique."""
        self.number += 1
        return f"{CANARY}{self.number}"

    def plant_all(self) -> None:
        for kind in KINDS:
            for state in STATES:
                self.records.append(self.plant(kind, state))
        self.report()

    def report(self) -> None:
        """A reader's report on a record and one on a claim, each answered, every word a canary."""
        drug = therapy("Reported")
        row = claim(drug, "It works.", source=self.public)
        publish(drug, editor=self.editor, reviewer=self.reviewer)
        for path in ("/therapies/reported/", f"/claims/{row.public_id}/"):
            filed = reported(f"{path}report/", self.word())
            answer(filed, outcome="looking", note=self.word(), seen=0, by=self.editor)
            self.reports.append(f"/reports/{spelled(filed.reference)}/")

    def plant(self, kind: str, state: str) -> Record:
        record = self.clean(kind)
        if state.startswith("edited"):
            publish(record, editor=self.editor, reviewer=self.reviewer)
            record = type(record)._default_manager.get(pk=record.pk)
            if state == "edited-withdrawn":
                actions.withdraw(record, by=self.reviewer, note="Withdrawn.")
            actions.revise(record, by=self.editor)
            record.refresh_from_db()
        self.soil(record)
        if state in ("in-review", "changes-requested", "rejected"):
            actions.submit(record, by=self.editor, note=self.word())
            for pair in record.pairs():
                actions.judge(
                    record, pair=pair.digest, verdict="agree", by=self.reviewer, note=self.word()
                )
        if state == "changes-requested":
            actions.request_changes(record, by=self.reviewer, note=self.word())
        if state == "rejected":
            actions.reject(record, by=self.reviewer, note=self.word())
        return record

    def clean(self, kind: str) -> Record:
        """A draft that could be published without a canary."""
        self.number += 1
        name = f"Thing {self.number}"
        if kind == "source":
            return source_with_text(f"{name} is a text.", title=name)
        record = therapy(name) if kind == "therapy" else mechanism(name)
        claim(record, "It works.", source=self.public, **ANY)
        return record

    def soil(self, record: Record) -> None:
        """Put a canary into every field and every part of a draft."""
        fill(record, self.word)
        record.save()
        if isinstance(record, Source):
            document = document_of(record, f"{self.word()} {self.word()}")
            passage = Passage.of(document, 0, 12)
            record.field_readings.create(field="publisher", passage=passage)
            Proposal.objects.create(
                document=document, start=0, end=5, subject=self.word(), topic="safety",
                certainty="stated", exact=self.word(), why=self.word(), fate="waiting",
                outcome=self.word(), waits_because=self.word(), values={"route": self.word()},
                harm=self.word(),
            )  # fmt: skip
            SeenSentence.objects.create(
                document=document, start=5, end=9, exact=self.word(), names=[self.word()],
            )  # fmt: skip
            return
        assert isinstance(record, Therapy | Mechanism)
        hidden = source_with_text(f"{self.word()} says so.", title=self.word())
        row = claim(record, hidden.documents.get().text, source=hidden, **ANY)
        fill(row, self.word)
        row.acts_by = mechanism(self.word()) if isinstance(record, Therapy) else None
        row.save()
        for old in record.claims.all():
            fill(old, self.word)
            old.save()
            word = hidden.documents.get().text.split()[0]
            evidence(old, word, source=hidden, direction="disputes")


DATES = ("date", "date_precision", "status_date")
# A claim that may have every value.
ANY = {"topic": "summary", "status": "licensed"}


def fill(row: models.Model, word: Any) -> None:
    """A canary in every field that takes free text, and a licence to show texts whole."""
    for field in row._meta.concrete_fields:
        if field.name in (*("public_id", "state", "standing"), *DATES):
            continue
        if isinstance(field, models.JSONField):
            setattr(row, field.name, json_value(field.name, word()))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            setattr(row, field.name, word()[: field.max_length or 100])
        elif field.name == "licence":
            setattr(row, field.name, OPEN)


def json_value(name: str, word: str) -> Any:
    return {
        "authors": [{"family": word, "given": word, "initials": "", "affiliations": []}],
        "affiliations": [{"number": 1, "text": word}],
        "citation_counts": [{"provider": word, "count": 1}],
        "identifiers": {word: word},
        "not_stated": [],
        "courses": [],
    }.get(name, [word])


@pytest.fixture(scope="module")
def _planted(module_rows: None) -> Planter:
    planter = Planter()
    planter.plant_all()
    return planter


@pytest.fixture
def planted(db: None, _planted: Planter) -> Planter:
    """Planted once for all tests here, none of which changes what was planted."""
    return _planted


def test_no_canary_is_found_by_following_every_link(client: Client, planted: Planter) -> None:
    pages = list(crawl(client, (*STARTS, *planted.reports)))
    assert [address for address, _, text in pages if CANARY in text.lower()] == []
    told = {address: text for address, _, text in pages if address in planted.reports}
    assert len(told) == sum("An editor is looking at it." in text for text in told.values()) == 2
    assert len(pages) > 40


RESTS = (
    *("", "history/", "v/1/", "v/2/", "versions/", "versions/2/", "diff/1/2/"),
    *("text/", "v/1/text/", "v/2/text/"),
)


def test_no_canary_is_found_at_hidden_addresses(client: Client, planted: Planter) -> None:
    ids = [record.public_id for record in planted.records]
    ids += Claim.objects.values_list("public_id", flat=True)
    leaks = []
    for record in planted.records:
        for base in (f"/{record.plural}/", f"/api/v1/{record.plural}/"):
            for rest in RESTS:
                for name in (record.slug, record.public_id):
                    answer = client.get(f"{base}{name}/{rest}")
                    text = answer.content.decode().replace(name, "")
                    leaks += [f"{base}{name}/{rest}"] if CANARY in text.lower() else []
                    if name == record.slug:
                        assert answer.status_code == 404
    for name in ids:
        for base in ("/claims/", "/api/v1/claims/"):
            text = client.get(f"{base}{name}/").content.decode()
            leaks += [f"{base}{name}/"] if CANARY in text.lower() else []
    assert leaks == []


FILTERS = {
    "therapies": ("q", "class", "outcome", "source", "mechanism"),
    "mechanisms": ("q", "target", "source"),
    "sources": ("q", "doi"),
    "claims": ("outcome", "source", "mechanism", "subject"),
}


@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_no_question_tells_that_a_record_exists(
    client: Client, planted: Planter, path: str
) -> None:
    nothing = ask(client, path, "q", "nosuchthing")
    hidden = [CANARY, CANARY[:-1], f"{CANARY}1", f"{CANARY}2 is here"]
    hidden += [record.slug for record in planted.records if CANARY in record.slug]
    assert [value for value in hidden if ask(client, path, "q", value) != nothing] == []


@pytest.mark.parametrize("base", ["/", "/api/v1/"])
def test_no_search_or_filter_tells_that_a_record_exists(
    client: Client, planted: Planter, base: str
) -> None:
    hidden = {CANARY, f"{CANARY}1"}
    hidden |= {record.slug for record in planted.records if CANARY in record.slug}
    hidden |= {r.public_id for r in planted.records if f"{CANARY}" in r.slug and not is_public(r)}
    told = []
    for plural, names in FILTERS.items():
        for name in names:
            nothing = ask(client, f"{base}{plural}/", name, "nosuchthing")
            for value in hidden:
                if ask(client, f"{base}{plural}/", name, value) != nothing:
                    told.append((plural, name, value))
    assert told == []


def is_public(record: Record) -> bool:
    return log.latest_approval(record.record_type, record.public_id) is not None


def ask(client: Client, path: str, name: str, value: str) -> tuple[int, str]:
    answer = client.get(path, {name: value})
    return answer.status_code, answer.content.decode().replace(value, "…")


def test_canary_is_found_once_it_is_approved(client: Client, planted: Planter) -> None:
    """The search above would see a leak: approved canaries are everywhere."""
    source = publish(source_with_text(f"{CANARY} is here.", title=CANARY, licence=OPEN))
    record = therapy(CANARY)
    claim(record, f"{CANARY} is here.", source=source)
    publish(record)
    assert texts(client.get("/search/", {"q": CANARY}), "li", "hit")
    assert client.get("/search/suggest/", {"q": CANARY}).json()["suggestions"]
    hidden = {
        f"/therapies/{CANARY}/",
        f"/sources/{CANARY}/",
        f"/sources/{CANARY}/text/",
        "/api/v1/therapies/",
        "/api/v1/claims/",
        "/changes/",
        "/changes.atom",
        "/sitemap.xml",
        "/therapies/",
        "/api/v1/changes/",
    }
    for address, _, text in crawl(client, STARTS):
        if CANARY in text.lower():
            hidden.discard(address)
        if not hidden:
            break
    assert hidden == set()
