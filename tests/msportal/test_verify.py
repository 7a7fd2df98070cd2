"""``verify`` finds every kind of damage, ``rebuild`` mends the read models."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from publication import rules
from tests.building import claim, publish, source_with_text, therapy
from tests.structure import one_reference
from therapies.models import Therapy
from therapies.published import PublishedClaim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _one_reference() -> Iterator[None]:
    with one_reference():
        yield


TEXT = "A source. Drug A depletes B cells."


@pytest.fixture(autouse=True)
def _published() -> None:
    source = publish(source_with_text(TEXT))
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    publish(record)


def verify() -> tuple[int, str]:
    """Exit status and what was said of findings."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify", stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), err.getvalue()
    return 0, err.getvalue()


def damage(table: str, sql: str) -> None:
    """Change rows behind the rules: the triggers are dropped and put back."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in rules.wanted():
            if rule.table == table and (rule.postgresql if on else rule.sqlite):
                cursor.execute(f"DROP TRIGGER {rule.name}{on}")
        cursor.execute(sql)
    rules.install(connection)


def test_verify_of_a_sound_database_is_silent() -> None:
    assert verify() == (0, "")


LOG = "publication_entry"
CONTRIBUTION = "publication_contribution"
EVENT, JUDGEMENT = "editorial_reviewevent", "editorial_judgement"


@pytest.mark.parametrize(
    ("table", "sql", "word"),
    [
        (LOG, "SET content = replace(content, 'depletes', 'cures')", "digest of its content"),
        (LOG, "SET note = 'Other.'", "“note” is not what its envelope says"),
        (LOG, "SET envelope = replace(envelope, 'approve', 'Approve')", "hash of its envelope"),
        (LOG, "SET envelope = ' ' || envelope", "not in canonical form"),
        (LOG, "SET envelope = '['", "not the JSON of one"),
        (LOG, "SET envelope = '{\"contributors\":[\"x\"]}'", "not the JSON of one"),
        (LOG, "SET envelope = '{\"judgements\":7}'", "not the JSON of one"),
        (LOG, "SET envelope = '{\"schema\":\"x\"}'", "is not what its envelope says"),
        (LOG, "SET content = '[]' WHERE seq = 2", "not the JSON of a record"),
        (LOG, "SET at = '1999-01-01T00:00:00.000000Z' WHERE seq = 2", "dated before"),
        (LOG, f"SET previous = '{'1' * 64}' WHERE seq = 2", "hash of the entry before it"),
        ("publication_loghead", f"SET hash = '{'1' * 64}'", "log head"),
        (CONTRIBUTION, "SET user_id = (SELECT MIN(approver_id) FROM publication_entry)",
         "the approver is a contributor"),
        (CONTRIBUTION, "SET version = 9", "no contributor is recorded"),
        ("sources_passage", "SET exact = 'x'", "not at its offsets"),
        ("sources_document", "SET text = text || '!'", "not the one of its digest"),
        ("therapies_publishedclaim", "SET text = 'x'", "differs from the log"),
        ("therapies_claim", "SET text = 'x'", "was changed after its approval"),
        (EVENT, "SET note = 'Other.' WHERE action = 'approve'", "the log not so"),
        (EVENT, "SET actor_id = 0 WHERE action = 'approve'", "no event of review tells it so"),
        (JUDGEMENT, "SET verdict = 'disagree'", "did not agree to the pair"),
        (JUDGEMENT, "SET user_id = 0", "did not agree to the pair"),
    ],
)  # fmt: skip
def test_verify_names_damage(table: str, sql: str, word: str) -> None:
    damage(table, f"UPDATE {table} {sql}")
    status, said = verify()
    assert status == 1
    assert word in said


def test_verify_names_an_entry_that_is_gone() -> None:
    damage(LOG, f"DELETE FROM {LOG} WHERE seq = 1")
    status, said = verify()
    assert (status, "the entry before it has number 0" in said) == (1, True)


def test_verify_names_a_missing_rule() -> None:
    on = f" ON {LOG}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER entry_four_eyes{on}")
    status, said = verify()
    assert (status, "entry_four_eyes" in said) == (1, True)


def test_verify_names_what_the_database_lacks_and_how_to_mend_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX entry_one_approval_a_version")
    status, said = verify()
    assert status == 1
    assert said.startswith(f"  index entry_one_approval_a_version of {LOG}: missing; CREATE UNIQUE")


def test_verify_names_an_approved_record_without_approval() -> None:
    therapy("Drug B", state="approved")
    assert [line.strip() for line in verify()[1].splitlines()] == [
        "therapy “Drug B”: is in state “approved”, and its events end in “draft”",
        "therapy “Drug B”: is in state approved, and the log has no approval of it",
    ]


def wipe() -> None:
    PublishedClaim.objects.all().delete()


def falsify() -> None:
    PublishedClaim.objects.update(text="x")


@pytest.mark.parametrize("harm", [wipe, falsify])
def test_rebuild_mends_the_read_models(harm: Callable[[], None]) -> None:
    before = list(PublishedClaim.objects.values())
    harm()
    assert verify()[0] == 1
    out = StringIO()
    call_command("rebuild", stdout=out)
    assert out.getvalue() == "Read models rebuilt from 2 log entries.\n"
    assert list(PublishedClaim.objects.values()) == before
    assert verify()[0] == 0


def test_verify_changes_nothing() -> None:
    PublishedClaim.objects.update(text="x")
    verify()
    assert PublishedClaim.objects.get().text == "x"
    assert Therapy.objects.get().state == "approved"
