"""An address is for good, and may come to lead to another record."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from editorial.models import User
from publication import addresses, log, rules, verify
from publication.canonical import digest_of
from publication.entries import Entry
from publication.errors import ForeignContent, NoSuccessor, UnknownAction
from publication.published import LogAction, PublishedRecord
from sources.models import Source
from tests.building import claim, person, prepare, publish, source_with_text, therapy
from therapies.models import Therapy
from therapies.published import PublishedTherapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug B reduces relapses."


@pytest.fixture
def joining(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app above may add: an action of the log that joins a therapy with another."""

    def fold(entry: Entry) -> None:
        PublishedTherapy.fold_into(entry, entry.body["into"])

    declared = PublishedRecord.log_actions.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(
        PublishedTherapy,
        "log_actions",
        classmethod(lambda cls: declared(cls) | {"join": LogAction(fold, lambda e: "joined")}),
    )
    rules.install(connection)


@pytest.fixture
def records() -> tuple[Therapy, Therapy]:
    """Entries 1 to 3: a source and two therapies."""
    source = publish(source_with_text(TEXT))
    first, second = therapy("Drug A"), therapy("Drug B")
    claim(first, "Drug A depletes B cells.", source=source)
    claim(second, "Drug B reduces relapses.", source=source)
    return publish(first), publish(second)


def append(
    action: str, record: Therapy, *, version: int = 1, by: User | None = None, **more: str
) -> Entry:
    """An entry past all rules of the workroom; ``by`` is named as the one contributor."""
    approver = person("reviewer")
    newest = log.latest_approval("therapy", record.public_id)
    assert newest is not None
    body = newest.body if action == "approve" else {}
    identity = {key: newest.body[key] for key in ("schema", "type", "id", "slug", "name")}
    content = {**body, **identity, **more}
    with transaction.atomic():
        if by:
            digest = digest_of(content)
            prepare("therapy", record.public_id, version=version, digest=digest, by=by)
        return log.append(
            action=action,
            record_type="therapy",
            public_id=record.public_id,
            version=version,
            content=content,
            contributors=[{"id": by.pk, "name": by.display_name}] if by else [],
            approver={"id": approver.pk, "name": approver.display_name},
            judgements=[],
            note="The same agent.",
            demonstration=False,
        )


@pytest.mark.usefixtures("joining")
def test_address_of_a_joined_record_leads_to_the_other(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    entry = append("join", first, into=second.public_id)

    for found in (
        addresses.find(PublishedTherapy, "drug-a"),
        addresses.find_id(PublishedTherapy, first.public_id),
    ):
        assert found is not None
        assert found.successor is not None
        assert (found.row.slug, found.row.withdrawn, found.moved) == ("drug-a", True, False)
        assert found.successor.slug == "drug-b"
    assert not log.is_public("therapy", first.public_id)

    before = addresses.find(PublishedTherapy, "drug-a", entry.seq - 1)
    assert before is not None
    assert (before.row.withdrawn, before.successor) == (False, None)
    here = addresses.find(PublishedTherapy, "drug-b", entry.seq)
    assert here is not None
    assert (here.row.slug, here.successor) == ("drug-b", None)


@pytest.mark.usefixtures("joining")
def test_pages_and_api_redirect_from_a_joined_record(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    entry = append("join", first, into=second.public_id)

    assert leads(f"/therapies/drug-a/?as_of={entry.seq}") == f"/therapies/drug-b/?as_of={entry.seq}"
    assert leads("/therapies/drug-a/") == "/therapies/drug-b/"
    for address in ("drug-a", first.public_id):
        at = f"/api/v1/therapies/{address}/"
        assert leads(at) == "/api/v1/therapies/drug-b/"
        assert leads(f"{at}?as_of={entry.seq}") == f"/api/v1/therapies/drug-b/?as_of={entry.seq}"


@pytest.mark.usefixtures("joining")
def test_past_of_a_joined_record_stays_readable(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    claim_id = str(first.claims.get().public_id)
    before = append("join", first, into=second.public_id).seq - 1

    api = "/api/v1"
    for address in ("drug-a", first.public_id):
        for path in ("versions/", "versions/1/", f"?as_of={before}"):
            assert status(f"{api}/therapies/{address}/{path}") == 200
    for path in ("v/1/", "history/", "diff/1/1/", f"?as_of={before}"):
        assert status(f"/therapies/drug-a/{path}") == 200
    for path in (f"therapies/?as_of={before}", f"claims/?as_of={before}"):
        assert len(Client().get(f"{api}/{path}").json()["results"]) == 2
        assert len(Client().get(f"{api}/{path.partition('?')[0]}").json()["results"]) == 1
    for path in (f"/claims/{claim_id}/", f"{api}/claims/{claim_id}/"):
        assert (status(path), status(f"{path}?as_of={before}")) == (410, 200)
    assert "/therapies/drug-a/v/1/#claim" in Client().get(f"/claims/{claim_id}/").content.decode()


@pytest.mark.usefixtures("joining")
def test_version_of_a_joined_record_is_marked(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    before = append("join", first, into=second.public_id).seq - 1
    shown = Client().get(f"/api/v1/therapies/drug-a/?as_of={before}").json()
    assert shown["marks"] == ["withdrawn"]


@pytest.mark.usefixtures("joining")
def test_record_approved_again_leads_nowhere_else(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    joined = append("join", first, into=second.public_id).seq
    publish(first)
    assert status("/therapies/drug-a/") == 200
    append("withdraw", first, version=2)
    assert status("/therapies/drug-a/") == 410
    assert leads(f"/therapies/drug-a/?as_of={joined}") == f"/therapies/drug-b/?as_of={joined}"


@pytest.mark.usefixtures("joining")
def test_records_are_led_along_a_chain_to_its_end(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    third = therapy("Drug C")
    claim(third, "Drug B reduces relapses.", source=Source.objects.get())
    publish(third)
    one = append("join", first, into=second.public_id).seq
    append("join", second, into=third.public_id)

    assert leads("/therapies/drug-a/") == "/therapies/drug-c/"
    assert leads(f"/therapies/drug-a/?as_of={one}") == f"/therapies/drug-b/?as_of={one}"
    append("withdraw", third)
    assert leads("/therapies/drug-a/") == "/therapies/drug-c/"
    assert status("/therapies/drug-c/") == 410


@pytest.mark.usefixtures("joining")
def test_record_leads_only_to_one_that_readers_are_shown(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", second, into=first.public_id)
    source = Source.objects.get()
    head = log.head_seq()
    for nowhere in (first.public_id, second.public_id, source.public_id, "unknown", ""):
        with pytest.raises(NoSuccessor, match="readers are not shown"):
            append("join", first, into=nowhere)
    assert log.head_seq() == head
    assert status("/therapies/drug-a/") == 200


@pytest.mark.usefixtures("joining")
def test_joined_records_are_rebuilt_from_the_log(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    append("join", first, into=second.public_id)
    publish(first)
    assert list(verify.read_models(verify.unwatched)) == []


def leads(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 301, path
    return str(answer["Location"])


def status(path: str) -> int:
    return Client().get(path).status_code


def test_log_takes_no_content_of_another_record(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    for body in ({"id": second.public_id}, {"type": "source"}):
        with pytest.raises(ForeignContent, match="content is not the therapy"):
            append("withdraw", first, **body)
    assert log.is_public("therapy", first.public_id)


def test_address_of_another_record_is_not_folded(records: tuple[Therapy, Therapy]) -> None:
    first, second = records
    editor = person("editor")
    head = log.head_seq()
    with pytest.raises(ForeignContent, match="address “drug-a” is the therapy"):
        append("approve", second, version=2, slug=first.slug, by=editor)
    assert log.head_seq() == head
    assert PublishedTherapy.objects.current().filter(slug="drug-a").count() == 1


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
