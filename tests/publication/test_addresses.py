"""An address is for good, and may come to lead to another record."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from editorial.models import User
from publication import addresses, log, published, triggers
from publication.entries import Entry
from publication.errors import UnknownAction
from publication.models import PublishedSuccessor
from publication.published import LogAction, PublishedRecord
from tests.building import claim, person, publish, source_with_text, therapy
from therapies.models import Therapy
from therapies.published import PublishedTherapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug B reduces relapses."


@pytest.fixture
def joining(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app above may add: an action of the log that joins a therapy with another."""

    def fold(entry: Entry) -> None:
        PublishedTherapy.close(entry)
        PublishedSuccessor.lead(entry, to=entry.body["into"])

    declared = PublishedRecord.log_actions.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(
        PublishedTherapy,
        "log_actions",
        classmethod(lambda cls: declared(cls) | {"join": LogAction(fold, lambda e: "joined")}),
    )
    triggers.install(connection)


@pytest.fixture
def records() -> tuple[Therapy, Therapy]:
    """Entries 1 to 3: a source and two therapies."""
    source = publish(source_with_text(TEXT))
    first, second = therapy("Drug A"), therapy("Drug B")
    claim(first, "Drug A depletes B cells.", source=source)
    claim(second, "Drug B reduces relapses.", source=source)
    return publish(first), publish(second)


def append(action: str, record: Therapy, **more: str) -> Entry:
    by: User = person("reviewer")
    body = {"schema": 1, "type": "therapy", "id": record.public_id, "slug": record.slug}
    with transaction.atomic():
        return log.append(
            action=action,
            record_type="therapy",
            public_id=record.public_id,
            version=1,
            content={**body, "name": record.name, **more},
            contributors=[],
            approver={"id": by.pk, "name": by.display_name},
            judgements=[],
            note="The same agent.",
            demonstration=False,
        )


@pytest.mark.usefixtures("joining")
def test_address_of_a_joined_record_leads_to_the_other(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", first, into=second.public_id)

    by_slug = addresses.find(PublishedTherapy, "drug-a")
    by_id = addresses.find_id(PublishedTherapy, first.public_id)
    assert by_slug == by_id
    assert by_slug is not None
    assert (by_slug.row.slug, by_slug.moved, by_slug.joined) == ("drug-b", True, True)
    assert not log.is_public("therapy", first.public_id)


@pytest.mark.usefixtures("joining")
def test_address_leads_where_it_led_at_an_earlier_head(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    entry = append("join", first, into=second.public_id)

    before = addresses.find(PublishedTherapy, "drug-a", entry.seq - 1)
    assert before is not None
    assert (before.row.slug, before.moved) == ("drug-a", False)
    here = addresses.find(PublishedTherapy, "drug-b", entry.seq)
    assert here is not None
    assert (here.row.slug, here.moved, here.joined) == ("drug-b", False, False)


@pytest.mark.usefixtures("joining")
def test_pages_and_api_redirect_from_a_joined_record(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", first, into=second.public_id)
    client = Client()

    for path in ("", "v/1/", "history/", "diff/1/1/"):
        answer = client.get(f"/therapies/drug-a/{path}")
        assert (answer.status_code, answer["Location"]) == (301, "/therapies/drug-b/")
    for address in ("drug-a", first.public_id):
        for path in ("", "versions/", "versions/1/"):
            answer = client.get(f"/api/v1/therapies/{address}/{path}")
            assert (answer.status_code, answer["Location"]) == (301, "/api/v1/therapies/drug-b/")


@pytest.mark.usefixtures("joining")
def test_joined_records_are_rebuilt_from_the_log(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", first, into=second.public_id)
    rows = {m: list(m._default_manager.order_by("pk").values()) for m in published.read_models()}

    for _ in log.rebuild():
        pass
    assert rows == {
        m: list(m._default_manager.order_by("pk").values()) for m in published.read_models()
    }


@pytest.mark.usefixtures("joining")
def test_records_joined_in_a_circle_lead_nowhere(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", first, into=second.public_id)
    append("join", second, into=first.public_id)

    assert addresses.find(PublishedTherapy, "drug-a") is None


def test_log_takes_no_action_that_no_table_folds(records: tuple[Therapy, Therapy]) -> None:
    before = log.head_seq()
    for action in ("join", "standing", ""):
        with pytest.raises(UnknownAction, match="PublishedTherapy does not know that action"):
            append(action, records[0], into=records[1].public_id)
    assert log.head_seq() == before


def test_database_takes_no_action_that_no_table_folds(records: tuple[Therapy, Therapy]) -> None:
    newest = Entry.objects.latest("seq")
    values = {f.attname: getattr(newest, f.attname) for f in Entry._meta.concrete_fields}
    values |= {"seq": newest.seq + 1, "previous": newest.hash, "hash": "f" * 64}
    for wrong, words in (
        ({"action": "standing"}, "no such action on a therapy"),
        ({"record_type": "teapot", "action": "withdraw"}, "no such type of record"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Entry(**values | wrong).save()
