"""What the database itself refuses, whoever asks."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from editorial.answering import answer
from editorial.models import ReviewEvent, User
from publication import log, rules
from publication.errors import FrozenRow
from publication.models import Contribution, Entry, Report
from sources.models import Document, Passage, Source
from tests.building import claim, person, prepare, publish, source_with_text, therapy
from tests.reporting import reported
from tests.structure import broken_rules
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells."
FROZEN = [
    "publication_entry",
    "publication_contribution",
    "editorial_reviewevent",
    "editorial_judgement",
    "sources_document",
    "sources_passage",
    "publication_report",
    "publication_reportoutcome",
]


@pytest.fixture
def full() -> None:
    """One row at least in every frozen table."""
    source = publish(source_with_text(TEXT))
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    publish(record)
    answer(reported("/therapies/drug-a/report/"), outcome="kept", seen=0, by=person("editor"))


def execute(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def column(table: str) -> str:
    return {"sources_document": "text", "sources_passage": "exact"}.get(table, "at")


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.usefixtures("full")
def test_frozen_table_refuses_update_and_delete(table: str) -> None:
    name = column(table)
    with pytest.raises(IntegrityError, match="never changed"):
        execute(f"UPDATE {table} SET {name} = {name}")
    with pytest.raises(IntegrityError, match="never deleted"):
        execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.usefixtures("full")
def test_frozen_table_refuses_replace(table: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        with pytest.raises(IntegrityError, match="on record already|has the next number"):
            execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.parametrize("table", [*FROZEN, "editorial_user", "publication_loghead"])
@pytest.mark.usefixtures("full")
def test_frozen_table_refuses_truncate(table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="never deleted"):
        execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("model", [Entry, Contribution, ReviewEvent, Document, Passage, Report])
@pytest.mark.usefixtures("full")
def test_frozen_model_refuses_before_the_database_does(model: Any) -> None:
    row = model.objects.first()
    for attempt in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=1),
        lambda: model.objects.bulk_update([row], ["pk"]),
    ):
        with pytest.raises(FrozenRow):
            attempt()


def test_people_are_never_deleted() -> None:
    user = person("editor")
    with pytest.raises(FrozenRow, match="deactivated"):
        user.delete()
    with pytest.raises(IntegrityError, match="deactivated"):
        execute("DELETE FROM editorial_user WHERE id = %s", user.pk)


@pytest.mark.parametrize("column", ["id", "rowid", "oid"])
def test_person_keeps_the_id(column: str) -> None:
    """The log, contributions and judgements name people by it, and no foreign key holds them."""
    if connection.vendor == "postgresql" and column != "id":
        pytest.skip("PostgreSQL has no other name for it")
    user = person("editor")
    with pytest.raises(IntegrityError, match="id of a person never changes"):
        execute(f"UPDATE editorial_user SET {column} = {column} + 1000 WHERE id = %s", user.pk)
    execute("UPDATE editorial_user SET first_name = 'Another', id = id WHERE id = %s", user.pk)
    assert User.objects.get(pk=user.pk).first_name == "Another"


def forged_entry(approver: User, contributors: list[dict[str, Any]], **fields: Any) -> Entry:
    """An approval as somebody with a shell would write it, hash and all."""
    newest = Entry.objects.latest("seq")
    values: dict[str, Any] = {
        name: getattr(newest, name)
        for name in ("at", "action", "record_type", "public_id", "content", "digest", "note")
    }
    values |= {
        "seq": newest.seq + 1,
        "version": newest.version + 1,
        "contributors": json.dumps(contributors),
        "envelope": "{}",
        "approver_id": approver.pk,
        "approver_name": approver.display_name,
        "demonstration": False,
        "previous": newest.hash,
        "hash": "f" * 64,
        **fields,
    }
    return Entry(**values)


def contribute(user: User, version: int) -> None:
    """To the record of the newest entry, whose content is submitted again."""
    newest = Entry.objects.latest("seq")
    about = {"record_type": newest.record_type, "public_id": newest.public_id}
    prepare(**about, version=version, digest=newest.digest, by=user)


@pytest.mark.usefixtures("full")
def test_log_refuses_an_approval_without_contributors() -> None:
    with transaction.atomic(), pytest.raises(IntegrityError, match="no contributor is recorded"):
        forged_entry(person("reviewer"), []).save()


@pytest.mark.usefixtures("full")
def test_log_refuses_an_approver_among_the_recorded_contributors() -> None:
    me, other = person("reviewer"), person("editor")
    contribute(me, 2)
    for listed in ([{"id": other.pk, "name": "x"}], [{"id": me.pk, "name": "x"}]):
        with (
            pytest.raises(IntegrityError, match="the approver is a contributor"),
            transaction.atomic(),
        ):
            forged_entry(me, listed).save()


@pytest.mark.usefixtures("full")
def test_log_refuses_an_approver_among_the_listed_contributors() -> None:
    me, other = person("reviewer"), person("editor")
    contribute(other, 2)
    with transaction.atomic(), pytest.raises(IntegrityError, match="approver is a contributor"):
        forged_entry(me, [{"id": other.pk, "name": "x"}, {"id": me.pk, "name": "y"}]).save()


@pytest.mark.usefixtures("full")
def test_log_refuses_to_leave_a_contributor_out() -> None:
    contribute(person("editor"), 2)
    contribute(person("editor"), 2)
    first = Contribution.objects.order_by("-pk").first()
    assert first is not None
    with transaction.atomic(), pytest.raises(IntegrityError, match="missing from the entry"):
        forged_entry(person("reviewer"), [{"id": first.user_id, "name": "x"}]).save()


@pytest.mark.usefixtures("full")
def test_log_refuses_a_contributor_without_an_id_in_place_of_a_recorded_one() -> None:
    contribute(person("editor"), 2)
    with transaction.atomic(), pytest.raises(IntegrityError, match="missing from the entry"):
        forged_entry(person("reviewer"), [{"name": "nobody"}]).save()


@pytest.mark.usefixtures("full")
def test_log_refuses_an_approval_under_another_name() -> None:
    me = person("reviewer")
    contribute(me, 2)
    for action in ("Approve", "approve ", "merge", "standing", "withdraw"):
        with (
            pytest.raises(IntegrityError, match="no such action|only an approved version"),
            transaction.atomic(),
        ):
            forged_entry(me, [], action=action).save()


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("version", [1, 3])
def test_log_refuses_an_approval_of_any_but_the_next_version(version: int) -> None:
    if version != 1:
        contribute(person("editor"), version)
    refused = "the next version|on record already"
    with transaction.atomic(), pytest.raises(IntegrityError, match=refused):
        forged_entry(
            person("reviewer"),
            [{"id": c.user_id, "name": "x"} for c in Contribution.objects.all()],
            version=version,
            digest=Entry.objects.latest("seq").digest,
        ).save()


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("wrong", ["record_type", "public_id", "version", "digest", "action"])
def test_log_refuses_an_approval_of_what_nobody_submitted(wrong: str) -> None:
    newest, editor = Entry.objects.latest("seq"), person("editor")
    said = {"record_type": "therapy", "public_id": newest.public_id, "version": 2}
    said |= {"digest": newest.digest, "action": "submit"}
    other = {"record_type": "source", "public_id": "x", "version": 1, "digest": "0" * 64}
    prepare("therapy", newest.public_id, version=2, digest="1" * 64, by=editor)
    event = {"from_state": "", "to_state": "", "actor_id": editor.pk, "actor_name": "x"}
    event |= {"at": timezone.now()}
    ReviewEvent.objects.create(**said | event | {wrong: {**other, "action": "judge"}[wrong]})
    entry = forged_entry(person("reviewer"), [{"id": editor.pk, "name": "x"}])
    with transaction.atomic(), pytest.raises(IntegrityError, match="was not submitted"):
        entry.save()
    ReviewEvent.objects.create(**said | event)
    entry.save()


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("action", ["approve", "withdraw"])
def test_log_refuses_who_is_no_active_account(action: str) -> None:
    editor, gone = person("editor"), person("reviewer")
    gone.is_active = False
    gone.save()
    contribute(editor, 2)
    listed = [{"id": editor.pk, "name": "x"}]
    version = 1 + (action == "approve")
    for nobody in (gone, User(pk=10**9, username="nobody")):
        with transaction.atomic(), pytest.raises(IntegrityError, match="no active account"):
            forged_entry(nobody, listed, action=action, version=version).save()
    reviewer = person("reviewer")
    with transaction.atomic(), pytest.raises(IntegrityError, match="contributor named in the"):
        forged_entry(reviewer, [*listed, {"id": 10**9}], action=action, version=version).save()
    editor.is_active = False
    editor.save()
    forged_entry(reviewer, listed, action=action, version=version).save()


@pytest.mark.usefixtures("full")
def test_nobody_comes_late_on_the_list_of_a_version() -> None:
    for version in (0, 1):
        with transaction.atomic(), pytest.raises(IntegrityError, match="published already"):
            contribute(person("editor"), version)
    contribute(person("editor"), 2)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("replaced", ["an approval", "the head", "a person"])
def test_replace_removes_nothing_that_has_to_stay(replaced: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    approval, user = Entry.objects.latest("seq"), person("editor")
    columns = "seq, at, action, record_type, public_id, version, content, digest, contributors, \
        approver_id, approver_name, note, demonstration, previous, envelope, hash"
    others = columns.removeprefix("seq, ").removesuffix(", hash")
    sql = {
        "an approval": f"INSERT OR REPLACE INTO publication_entry ({columns}) "
        f"SELECT seq + 1, {others}, 'f' FROM publication_entry WHERE seq = {approval.seq}",
        "the head": "INSERT OR REPLACE INTO publication_loghead (id, seq, hash, at) "
        "VALUES (1, 0, '0', '')",
        "a person": "INSERT OR REPLACE INTO editorial_user (id, username, password, first_name, "
        "last_name, email, is_staff, is_active, is_superuser, date_joined, demonstration) "
        f"SELECT id + 1000, username, '', '', '', '', 1, 1, 1, date_joined, 0 "
        f"FROM editorial_user WHERE id = {user.pk}",
    }[replaced]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        with pytest.raises(IntegrityError, match="on record already|the next version"):
            execute(sql)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert Entry.objects.filter(seq=approval.seq).exists()
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.usefixtures("full")
def test_draft_takes_nothing_from_a_frozen_record() -> None:
    """With everything in place: its address and name, by a change of the draft's own."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    frozen, draft = Therapy.objects.get(), therapy("Drug B")
    execute("PRAGMA recursive_triggers=OFF")
    try:
        for column in ("id", "public_id", "slug", "name", "folded_name"):
            with pytest.raises(IntegrityError, match="on record already|never changes"):
                execute(
                    f"UPDATE OR REPLACE therapies_therapy SET {column} = (SELECT {column} FROM "
                    "therapies_therapy WHERE id = %s) WHERE id = %s",
                    frozen.pk,
                    draft.pk,
                )
    finally:
        execute("PRAGMA recursive_triggers=ON")
    assert Therapy.objects.count() == 2


CLAIM = "(SELECT MIN(id) FROM therapies_claim)"


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE therapies_therapy SET name = 'Cure'",
        "UPDATE therapies_therapy SET name = 'Cure', state = 'draft'",
        "UPDATE therapies_therapy SET synonyms = '[\"Cure\"]'",
        "UPDATE sources_source SET title = 'Other'",
        "UPDATE therapies_claim SET text = 'It cures.'",
        "UPDATE therapies_evidence SET direction = 'disputes'",
        "UPDATE sources_fieldreading SET field = 'doi'",
        "DELETE FROM therapies_evidence",
        "DELETE FROM sources_fieldreading",
        f"INSERT INTO therapies_evidence (public_id, claim_id, passage_id, direction) "
        f"SELECT 'x', {CLAIM}, MIN(id), 'disputes' FROM sources_passage",
    ],
)
def test_content_of_a_frozen_record_never_changes(sql: str) -> None:
    before = [record.content() for record in (*Therapy.objects.all(), *Source.objects.all())]
    with pytest.raises(IntegrityError, match="the record is frozen"):
        execute(sql)
    now = [record.content() for record in (*Therapy.objects.all(), *Source.objects.all())]
    assert now == before


@pytest.mark.usefixtures("full")
def test_claim_moves_neither_out_of_nor_into_a_frozen_record() -> None:
    frozen, draft = Therapy.objects.get(), therapy("Drug B")
    row = claim(draft, "Drug A depletes B cells.", source=Source.objects.get())
    for owner, moved in ((frozen, row.pk), (draft, frozen.claims.get().pk)):
        with pytest.raises(IntegrityError, match="the record is frozen"):
            execute("UPDATE therapies_claim SET therapy_id = %s WHERE id = %s", owner.pk, moved)


@pytest.mark.parametrize("table", ["therapies_therapy", "sources_source"])
@pytest.mark.usefixtures("full")
def test_record_is_never_deleted_and_keeps_its_id(table: str) -> None:
    draft_id = therapy("Drug B").pk
    source_id = source_with_text("Another.", title="B").pk
    row = {"therapies_therapy": draft_id, "sources_source": source_id}[table]
    with pytest.raises(IntegrityError, match="never deleted"):
        execute(f"DELETE FROM {table} WHERE id = %s", row)
    with pytest.raises(IntegrityError, match="public id never changes"):
        execute(f"UPDATE {table} SET public_id = 'abc' WHERE id = %s", row)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("step", [0, 2])
def test_log_refuses_a_gap_in_its_numbers(step: int) -> None:
    newest = Entry.objects.latest("seq")
    with transaction.atomic(), pytest.raises(IntegrityError):
        forged_entry(person("reviewer"), [], action="withdraw", seq=newest.seq + step).save()


@pytest.mark.usefixtures("full")
def test_log_head_moves_one_entry_at_a_time() -> None:
    for seq in (0, log.head_seq() + 2):
        with pytest.raises(IntegrityError, match="one entry at a time"):
            execute("UPDATE publication_loghead SET seq = %s", seq)
    with pytest.raises(IntegrityError, match="one entry at a time"):
        execute("DELETE FROM publication_loghead")


@pytest.mark.parametrize(("start", "end", "exact"), [(0, 3, "xyz"), (1, 4, "A s"), (0, 99, "A s")])
def test_passage_that_is_not_verbatim_is_refused(start: int, end: int, exact: str) -> None:
    document = source_with_text(TEXT).documents.get()
    with transaction.atomic(), pytest.raises(IntegrityError, match="not at these offsets"):
        Passage.objects.create(
            source=document.source, document=document, start=start, end=end, exact=exact
        )


def test_passage_of_another_sources_text_is_refused() -> None:
    document = source_with_text(TEXT).documents.get()
    other = source_with_text("Another text.", title="B")
    with transaction.atomic(), pytest.raises(IntegrityError, match="not a text of this source"):
        Passage.objects.create(source=other, document=document, start=0, end=3, exact="A s")


@pytest.mark.parametrize(("prefix", "suffix"), [("x", ""), ("xA ", ""), ("A ", "!"), ("", "xx")])
def test_passage_with_other_words_around_it_is_refused(prefix: str, suffix: str) -> None:
    document = source_with_text(TEXT).documents.get()
    values = {"source": document.source, "document": document, "start": 2, "end": 8}
    with transaction.atomic(), pytest.raises(IntegrityError, match="words before or after"):
        Passage.objects.create(**values, exact="source", prefix=prefix, suffix=suffix)
    Passage.objects.create(**values, exact="source", prefix="A ", suffix=". D")


def test_passage_counts_code_points_beyond_the_basic_plane() -> None:
    document = source_with_text("𝒜 source. β-interferon 😀 works.", title="none").documents.get()
    start = document.text.index("works")
    assert Passage.of(document, start, start + 5).exact == "works"


def test_missing_rule_is_named_and_migrate_puts_it_back() -> None:
    name = "publication_entry_no_update"
    on = " ON publication_entry" if connection.vendor == "postgresql" else ""
    assert broken_rules() == []
    execute(f"DROP TRIGGER {name}{on}")
    assert broken_rules() == [name]
    call_command("migrate", verbosity=0)
    assert broken_rules() == []


def test_altered_rule_is_named() -> None:
    if connection.vendor != "sqlite":
        execute("ALTER TABLE publication_entry DISABLE TRIGGER entry_four_eyes")
    else:
        execute("DROP TRIGGER entry_four_eyes")
        execute(
            "CREATE TRIGGER entry_four_eyes BEFORE INSERT ON publication_entry BEGIN SELECT 1; END"
        )
    assert broken_rules() == ["entry_four_eyes"]


@pytest.mark.parametrize("function", ["entry_four_eyes", "publication_refuse"])
def test_hollow_function_is_named(function: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no functions of its own")
    execute(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$"
    )
    assert broken_rules() == [function]


@pytest.mark.parametrize(
    "altered",
    [
        "CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON publication_entry FOR EACH ROW "
        "WHEN (false) EXECUTE FUNCTION {name}()",
        "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON publication_entry FOR EACH ROW "
        "EXECUTE FUNCTION {name}()",
        "DROP TRIGGER {name} ON publication_entry; CREATE TRIGGER {name} BEFORE INSERT "
        "ON publication_loghead FOR EACH ROW EXECUTE FUNCTION {name}()",
    ],
)
def test_rule_that_asks_at_another_time_or_place_is_named(altered: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps the whole text of a rule, which is compared")
    execute(altered.format(name="entry_number"))
    assert broken_rules() == ["entry_number"]
    rules.install(connection)
    execute("DROP TRIGGER IF EXISTS entry_number ON publication_loghead")
    assert broken_rules() == []


@pytest.mark.parametrize("column", ["name varchar(250)", "state varchar(30)"])
def test_column_that_a_rule_names_can_be_altered(column: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite makes the table anew: tests/publication/test_migrating.py")
    name, kind = column.split(" ")
    execute(f"ALTER TABLE therapies_therapy ALTER COLUMN {name} TYPE {kind}")
    assert broken_rules() == []


def test_looking_for_missing_rules_puts_none_up() -> None:
    on = " ON publication_entry" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER entry_four_eyes{on}")
    assert broken_rules() == broken_rules() == ["entry_four_eyes"]
