"""Who contributed to which coming version: what four eyes are counted by."""

from django.db import models

from publication.actions import APPROVE
from publication.entries import Entry
from publication.frozen import Frozen, FrozenQuerySet
from publication.triggers import Trigger, check


class Contribution(Frozen):
    """Somebody created, changed, deleted or vouched for a part of the coming version."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    """The version being prepared: one more than the last approved."""
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    what = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "public_id", "version", "user_id"],
                name="contribution_once_a_person",
            )
        ]

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Four eyes, kept by the database itself, upon the log's table; and nobody is put on the
        list of a version that is published.
        """
        own, entries = cls._meta.db_table, Entry._meta.db_table
        published = (
            f"SELECT 1 FROM {entries} p WHERE p.record_type = NEW.record_type "
            f"AND p.public_id = NEW.public_id AND p.action = '{APPROVE}' "
            "AND p.version >= NEW.version"
        )
        same = (
            "c.record_type = NEW.record_type AND c.public_id = NEW.public_id "
            "AND c.version = NEW.version"
        )
        return [
            check(
                f"{own}_in_time",
                own,
                "INSERT",
                [("four eyes: this version is published already", f"EXISTS ({published})")],
            ),
            check(
                "entry_four_eyes",
                entries,
                "INSERT",
                [
                    (
                        "four eyes: no contributor is recorded",
                        f"NOT EXISTS (SELECT 1 FROM {own} c WHERE {same})",
                    ),
                    (
                        "four eyes: the approver is a contributor",
                        f"EXISTS (SELECT 1 FROM {own} c WHERE {same} "
                        "AND c.user_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM "
                        "{each:NEW.contributors} WHERE e.id = NEW.approver_id)",
                    ),
                    (
                        "four eyes: a recorded contributor is missing from the entry",
                        f"EXISTS (SELECT 1 FROM {own} c WHERE {same} AND NOT EXISTS "
                        "(SELECT 1 FROM {each:NEW.contributors} WHERE e.id = c.user_id))",
                    ),
                ],
                when=f"NEW.action = '{APPROVE}'",
            ),
        ]
