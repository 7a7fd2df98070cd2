"""What the owner of the tables can forge, and ``verify`` names: the log, and what made it."""

import codecs
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from editorial import actions, review
from editorial.models import Judgement, User
from publication import log, rules
from publication.anchors import Anchor
from publication.canonical import canonical, digest
from publication.models import Entry, LogHead
from sources.models import Document, Source
from tests import clocks
from tests.building import agree, claim, person, publish, source_with_text, therapy
from tests.structure import one_reference
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _one_reference() -> Iterator[None]:
    with one_reference():
        yield


TEXT = "A source. Drug A depletes B cells. Drug B reduces relapses."
LOG, HEAD = "publication_entry", "publication_loghead"
CONTRIBUTION = "publication_contribution"
EVENT, JUDGEMENT = "editorial_reviewevent", "editorial_judgement"


@pytest.fixture(autouse=True)
def _published() -> None:
    """Entries 1 and 2, a source and a therapy; a second therapy that waits for its review."""
    source = publish(source_with_text(TEXT))
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    publish(record)
    waiting = therapy("Drug B")
    claim(waiting, "Drug B reduces relapses.", source=source)
    actions.submit(waiting, by=person("editor"))


def verify(*arguments: str) -> list[str]:
    """What is found, a line each; the exit status goes with it."""
    err, status = StringIO(), 0
    try:
        call_command("verify", *arguments, stdout=StringIO(), stderr=err)
    except SystemExit as end:
        status = int(end.code or 0)
    found = [line.strip() for line in err.getvalue().splitlines()]
    assert status == (1 if found else 0)
    return found


@contextmanager
def without_rules() -> Iterator[None]:
    """As the owner of the tables may: every rule is gone meanwhile, and back afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in rules.wanted_on(connection):
            on = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {rule.name}{on}")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    rules.install(connection)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rewritten(change: Callable[[Entry, dict[str, Any]], None], *, since: int = 1) -> None:
    """History written anew from an entry on: content, digests, envelopes and chain all fit."""
    previous = Entry.objects.get(seq=since - 1).hash if since > 1 else log.GENESIS
    for entry in Entry.objects.filter(seq__gte=since).order_by("seq"):
        members = json.loads(entry.envelope)
        if entry.seq == since:
            change(entry, members)
        entry.digest = members["digest"] = digest(entry.content)
        entry.previous = members["previous"] = previous
        entry.envelope = canonical(members)
        entry.hash = previous = digest(entry.envelope)
        columns = {field.attname: getattr(entry, field.attname) for field in Entry._meta.fields}
        sets = ", ".join(f"{name} = %s" for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {LOG} SET {sets} WHERE seq = {entry.seq}", list(columns.values())
            )
        LogHead.objects.filter(pk=1).update(hash=entry.hash)


def appended(approver: dict[str, Any], **more: Any) -> Entry:
    """An approval of the waiting therapy as somebody with a shell would write it."""
    record = Therapy.objects.get(name="Drug B")
    people = [{"id": c.user_id, "name": c.user_name} for c in review.contributors(record)]
    values: dict[str, Any] = {
        "action": "approve", "record_type": "therapy", "public_id": record.public_id, "version": 1,
        "content": record.content(), "contributors": people, "approver": approver,
        "judgements": [], "note": "Checked.", "demonstration": False,
    }  # fmt: skip
    with transaction.atomic():
        return log.append(**values | more)


def by(user: User) -> dict[str, Any]:
    return {"id": user.pk, "name": user.display_name}


# The forgeries: each is done, and says what has to be named


def approval_from_a_shell() -> list[str]:
    appended(by(person("reviewer")))
    return ["log entry 3: publishes the pair", "the log has “approve”"]


def approval_of_what_nobody_submitted() -> list[str]:
    execute(f"DELETE FROM {EVENT} WHERE version = 1 AND to_state = 'in-review'")
    appended(by(person("reviewer")))
    return ["log entry 3: approves what nobody submitted"]


def approval_by_nobody() -> list[str]:
    appended({"id": 987654, "name": "Nobody"})
    return ["log entry 3: names Nobody, and no account has the id 987654"]


def approval_by_its_editor() -> list[str]:
    record = Therapy.objects.get(name="Drug B")
    appended({"id": review.contributors(record)[0].user_id, "name": "Me"})
    return ["log entry 3: the approver is a contributor"]


def approval_of_other_words() -> list[str]:
    content = Therapy.objects.get(name="Drug B").content() | {"name": "Drug C"}
    appended(by(person("reviewer")), content=content)
    return ["log entry 3: approves what nobody submitted"]


def judgements_deleted() -> list[str]:
    execute(f"DELETE FROM {JUDGEMENT}")
    return ["log entry 1: reviewer", "did not agree", "log entry 2: publishes the pair"]


def judgement_turned_round() -> list[str]:
    execute(f"UPDATE {JUDGEMENT} SET verdict = 'disagree' WHERE record_type = 'therapy'")
    return ["log entry 2: publishes the pair"]


def judgement_of_another_record() -> list[str]:
    execute(f"UPDATE {JUDGEMENT} SET public_id = 'another00000'")
    return ["therapy another00000: is in log or reviews", "log entry 2: publishes the pair"]


def judgement_by_its_editor() -> list[str]:
    editor = Entry.objects.get(seq=2).contributor_list[0]

    def change(entry: Entry, members: dict[str, Any]) -> None:
        for judgement in members["judgements"]:
            judgement["by"] = editor

    rewritten(change, since=2)
    execute(f"UPDATE {JUDGEMENT} SET user_id = {editor['id']} WHERE record_type = 'therapy'")
    return ["judged it and is a contributor", "log entry 2: publishes the pair"]


def judgement_against_it() -> list[str]:
    given = Judgement.objects.get(record_type="therapy")
    Judgement.objects.create(
        pair=given.pair, record_type="therapy", public_id=given.public_id, verdict="disagree",
        user_id=person("reviewer").pk, user_name="Rae", at=given.at - dt.timedelta(days=1),
    )  # fmt: skip
    return ["log entry 2: Rae disagreed to the pair"]


def judgements_left_out_of_the_entry() -> list[str]:
    rewritten(lambda entry, members: members.pop("judgements"), since=2)
    return ["log entry 2: publishes the pair"]


def events_deleted() -> list[str]:
    execute(f"DELETE FROM {EVENT}")
    return [
        "log entry 2: approves what nobody submitted",
        "the log has “approve”",
        "therapy “Drug A”: is in state “approved”, and its events end in “draft”",
        "therapy “Drug B”: is in state “in-review”, and its events end in “draft”",
    ]


def one_event_deleted() -> list[str]:
    execute(f"DELETE FROM {EVENT} WHERE action = 'submit' AND record_type = 'source'")
    return ["log entry 1: approves what nobody submitted", "starts from “in-review”"]


def event_by_another() -> list[str]:
    execute(f"UPDATE {EVENT} SET actor_id = {person().pk} WHERE action = 'approve'")
    return ["the log has “approve”", "an event of review tells “approve”"]


def submission_of_other_words() -> list[str]:
    execute(f"UPDATE {EVENT} SET content = replace(content, 'relapses', 'deaths')")
    return ["its digest is not the digest of its content", "was changed after its submission"]


def working_row_removed() -> list[str]:
    execute(
        "DELETE FROM therapies_evidence",
        "DELETE FROM therapies_claim",
        "DELETE FROM therapies_therapy WHERE name = 'Drug A'",
    )
    return ["is in log or reviews, and its working record is gone"]


def working_row_changed() -> list[str]:
    execute("UPDATE therapies_claim SET text = 'Drug A cures.' WHERE topic = 'mechanism'")
    return ["therapy “Drug A”: was changed after its approval in entry 2"]


def state_forced() -> list[str]:
    execute("UPDATE therapies_therapy SET state = 'approved' WHERE name = 'Drug B'")
    return ["therapy “Drug B”: is in state “approved”, and its events end in “in-review”"]


def person_renumbered() -> list[str]:
    old = _approver()
    execute(
        f"DELETE FROM editorial_user_groups WHERE user_id = {old}",
        f"UPDATE editorial_user SET id = id + 5000 WHERE id = {old}",
    )
    return ["log entry 2: names reviewer", "event of review", "judgement"]


def person_removed() -> list[str]:
    execute(
        f"DELETE FROM editorial_user_groups WHERE user_id = {_approver()}",
        f"DELETE FROM editorial_user WHERE id = {_approver()}",
    )
    return ["log entry 2: names reviewer", "and no account has the id"]


def _approver() -> int:
    return Entry.objects.get(seq=2).approver_id


def contributor_taken_off() -> list[str]:
    execute(f"DELETE FROM {CONTRIBUTION} WHERE record_type = 'therapy'")
    return ["log entry 2: no contributor is recorded"]


def contributor_added_afterwards() -> list[str]:
    execute(f"UPDATE {CONTRIBUTION} SET user_id = {_approver()} WHERE record_type = 'therapy'")
    return ["log entry 2: the approver is a contributor"]


def demonstration_hidden() -> list[str]:
    execute(f"UPDATE editorial_user SET demonstration = (1 = 1) WHERE id = {_approver()}")
    return ["log entry 2: is not marked as demonstration, and is one"]


def content_rewritten() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.content = entry.content.replace("depletes", "cures")

    rewritten(change, since=2)
    call_command("rebuild", stdout=StringIO())
    return [
        "log entry 2: approves what nobody submitted",
        "log entry 2: publishes the pair",
        "log entry 2: the quote “Drug A cures",
        "therapy “Drug A”: was changed after its approval",
    ]


def content_of_an_older_schema() -> list[str]:
    """Of which less is asked: judgements were bound otherwise then."""
    content = Therapy.objects.get(name="Drug B").content() | {"schema": 0}
    appended(by(person("reviewer")), content=content)
    return ["log entry 3: is of schema 0, after contents of schema 1"]


def content_of_a_schema_to_come() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.content = canonical(json.loads(entry.content) | {"schema": 9})

    rewritten(change, since=2)
    return ["log entry 2: is of schema 9, and this program knows 1"]


def note_rewritten() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.note = members["note"] = "Approved by the minister."

    rewritten(change, since=2)
    return ["the log has “approve”", "an event of review tells “approve”"]


def tail_cut() -> list[str]:
    execute(f"DELETE FROM {LOG} WHERE seq = 2")
    first = Entry.objects.get(seq=1)
    LogHead.objects.update(seq=1, hash=first.hash, at=first.at)
    call_command("rebuild", stdout=StringIO())
    return ["an event of review tells “approve”", "has no approval of it"]


def head_moved_back() -> list[str]:
    first = Entry.objects.get(seq=1)
    LogHead.objects.update(seq=1, hash=first.hash, at=first.at)
    return ["log head: says entry 1"]


def head_removed() -> list[str]:
    execute(f"DELETE FROM {HEAD}")
    return ["log head: is not there"]


def json_broken() -> list[str]:
    execute(f"UPDATE {LOG} SET content = '{{', envelope = '[1' WHERE seq = 2")
    return ["log entry 2: its content is not the JSON", "log entry 2: its envelope is not the JSON"]


def envelope_of_other_things() -> list[str]:
    execute(f'UPDATE {LOG} SET envelope = \'{{"judgements": [7], "contributors": [{{}}]}}\'')
    return ["log entry 1: its envelope is not the JSON", "log entry 2:"]


def source_unmarked() -> list[str]:
    execute("UPDATE sources_source SET standing = 'retracted'")
    return ["is marked “retracted”, and in the log “current”"]


def address_given_away() -> list[str]:
    execute("UPDATE publication_publishedaddress SET public_id = 'another00000'")
    return ["publication.PublishedAddress therapy:drug-a: differs from the log"]


def claim_put_among_the_public() -> list[str]:
    execute("UPDATE therapies_publishedclaim SET text = 'Drug A cures.'")
    return ["differs from the log"]


def text_changed() -> list[str]:
    execute("UPDATE sources_document SET text = replace(text, 'depletes', 'cures!!!')")
    return ["document", "passage", "log entry 2: the quote “Drug A depletes"]


def document_given_to_another_source() -> list[str]:
    other = Source.objects.create(title="Other", slug="other")
    execute(f"UPDATE sources_document SET source_id = {other.pk}")
    return ["its document is another source's"]


def schema_beyond_bounds() -> list[str]:
    """No number of steps leads from there to today's."""

    def change(entry: Entry, members: dict[str, Any]) -> None:
        members["schema"] = -(2**53 - 1)
        entry.content = canonical(json.loads(entry.content) | {"schema": -(2**53 - 1)})

    rewritten(change, since=2)
    return ["log entry 2: its envelope is of schema -9007", "its content is of schema -9007"]


def schema_that_is_no_number() -> list[str]:
    rewritten(lambda entry, members: members.update(schema=True), since=2)
    return ["log entry 2: its envelope is of schema True"]


def names_rewritten() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.approver_name = members["approver"]["name"] = "Prof. Jane Minister"
        members["judgements"][0]["by"]["name"] = "Prof. Jane Minister"

    rewritten(change, since=2)
    return ["the log has “approve”", "Prof. Jane Minister did not agree", "log entry 2: publishes"]


def contributors_renamed() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        members["contributors"][0]["name"] = "Prof. Jane Minister"
        entry.contributors = canonical(members["contributors"])

    rewritten(change, since=2)
    return ["log entry 2: names Prof. Jane Minister, and the contribution another name"]


def pairs_renamed() -> list[str]:
    rewritten(lambda entry, members: members["judgements"][0].update(part="another00000"), since=2)
    return ["log entry 2: publishes the pair"]


def judgement_said_twice() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        members["judgements"] *= 2

    rewritten(change, since=2)
    return ["log entry 2: has the judgement of"]


def demonstration_claimed() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.demonstration = members["demonstration"] = True

    rewritten(change, since=2)
    return ["log entry 2: is marked as demonstration, and is none"]


def dated_back() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.at = members["at"] = "2001-01-01T00:00:00.000000Z"

    rewritten(change, since=1)
    return ["log entry 1: is dated otherwise than the event of it"]


def date_that_is_none() -> list[str]:
    def change(entry: Entry, members: dict[str, Any]) -> None:
        entry.at = members["at"] = entry.at[:-1] + "Q"

    rewritten(change, since=2)
    return ["log entry 2: its date is none"]


def submission_emptied() -> list[str]:
    execute(f"UPDATE {EVENT} SET content = '' WHERE action = 'submit'")
    return ["“submit” keeps the content, and has none"]


def submitter_taken_off() -> list[str]:
    record = Therapy.objects.get(name="Drug B")
    execute(f"DELETE FROM {CONTRIBUTION} WHERE public_id = '{record.public_id}'")
    return ["submitted it, and no contribution is recorded"]


def verdict_of_a_third_kind() -> list[str]:
    execute(f"UPDATE {JUDGEMENT} SET verdict = 'nil' WHERE record_type = 'source'")
    return ["is neither: 'nil'"]


FORGERIES = [
    schema_beyond_bounds, schema_that_is_no_number, names_rewritten, contributors_renamed,
    pairs_renamed, judgement_said_twice, demonstration_claimed, dated_back, date_that_is_none,
    submission_emptied, submitter_taken_off, verdict_of_a_third_kind,
    approval_from_a_shell, approval_of_what_nobody_submitted, approval_by_nobody,
    approval_by_its_editor, approval_of_other_words, judgements_deleted, judgement_turned_round,
    judgement_of_another_record, judgement_by_its_editor, judgement_against_it,
    judgements_left_out_of_the_entry, events_deleted, one_event_deleted, event_by_another,
    submission_of_other_words, working_row_removed, working_row_changed, state_forced,
    person_renumbered, person_removed, contributor_taken_off, contributor_added_afterwards,
    demonstration_hidden, content_rewritten, content_of_an_older_schema,
    content_of_a_schema_to_come, note_rewritten, tail_cut, head_moved_back, head_removed,
    json_broken, envelope_of_other_things, source_unmarked, address_given_away,
    claim_put_among_the_public, text_changed, document_given_to_another_source,
]  # fmt: skip


def test_without_a_forgery_nothing_is_found() -> None:
    with without_rules():
        pass
    assert verify() == []


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_forgery_is_named(forge: Callable[[], list[str]]) -> None:
    with without_rules():
        words = forge()
    found = verify()
    missed = [word for word in words if not any(word in line for line in found)]
    assert missed == [], found


def test_tail_that_was_cut_without_a_trace_is_named_by_an_anchor_alone(
    settings: Any, tmp_path: Any
) -> None:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    call_command("checkpoint", stdout=StringIO())
    head = log.head()
    record = Therapy.objects.get(name="Drug A")
    with without_rules():
        for table in (EVENT, JUDGEMENT, CONTRIBUTION):
            execute(f"DELETE FROM {table} WHERE public_id = '{record.public_id}'")
        execute(
            "UPDATE therapies_therapy SET state = 'draft' WHERE name = 'Drug A'",
            f"DELETE FROM {LOG} WHERE seq = 2",
        )
        first = Entry.objects.get(seq=1)
        LogHead.objects.update(seq=1, hash=first.hash, at=first.at)
        call_command("rebuild", stdout=StringIO())
    named = f"head {head}: the log has no entry 2; its newest is 1: its end was cut off"
    assert verify()[0].startswith(named)
    settings.CHECKPOINT_FILE = None
    assert verify() == []
    assert verify("--head", str(head))[0].startswith(named)
    assert verify("--head", str(Anchor(1, "0" * 64)))[0].startswith("head 1:000")
    assert verify("--head", str(log.head())) == []


def test_row_that_cannot_be_read_hides_nothing_of_the_rest() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps text that is UTF-8 alone")
    with without_rules():
        execute(
            f"UPDATE {EVENT} SET note = CAST(x'ff' AS TEXT) WHERE action = 'submit'",
            f"DELETE FROM {JUDGEMENT}",
        )
    found = verify()
    assert any("review event" in line and "cannot be read" in line for line in found), found
    assert any("log entry 2: publishes the pair" in line for line in found), found


def test_text_with_a_byte_order_mark_is_no_finding() -> None:
    source = Source.objects.create(title="Marked", slug="marked")
    Document.objects.create(
        source=source, text="Marked.", file_name="bom.txt", encoding="utf-8", size=10,
        sha256=hashlib.sha256(codecs.BOM_UTF8 + b"Marked.").hexdigest(),
    )  # fmt: skip
    assert verify() == []


def test_two_claims_of_the_same_words_are_no_finding() -> None:
    """Their pairs are one, and each has its place in the entry."""
    source = Source.objects.get()
    twice = therapy("Drug C")
    for _ in range(2):
        claim(twice, "Drug A depletes B cells.", source=source)
    publish(twice)
    assert len(Entry.objects.latest("seq").judgement_list) > 1
    assert verify() == []


def test_judgement_of_a_clock_that_was_put_right_is_no_finding() -> None:
    record = Therapy.objects.get(name="Drug B")
    reviewer = person("reviewer")
    with clocks.on(timezone.now() + dt.timedelta(minutes=15)):
        agree(record, reviewer)
    actions.approve(record, by=reviewer, digest=review.content_digest(record), note="Checked.")
    assert verify() == []
