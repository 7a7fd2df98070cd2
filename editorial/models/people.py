"""People of the editorial staff."""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models

from publication.entries import Entry
from publication.errors import FrozenRow
from publication.rights import CHANGE
from publication.triggers import Trigger, check, refuse


def _known_to_the_log(table: str) -> Trigger:
    """Upon the log's table: who decides is active; contributors may have left since."""
    person = f"SELECT 1 FROM {table} u WHERE u.id"
    stranger = f"SELECT 1 FROM {{each:NEW.contributors}} WHERE NOT EXISTS ({person} = e.id)"
    return check(
        "entry_people",
        Entry._meta.db_table,
        "INSERT",
        [
            (
                "publication log: the approver is no active account",
                f"NOT EXISTS ({person} = NEW.approver_id AND u.is_active)",
            ),
            (
                "publication log: a contributor named in the entry is no account",
                f"EXISTS ({stranger})",
            ),
        ],
    )


class User(AbstractUser):
    """A person of the editorial staff: deactivated when they leave, never deleted."""

    administrators_may: ClassVar[tuple[str, ...]] = ("view", "add", "change")
    web_may: ClassVar[frozenset[str]] = CHANGE

    demonstration = models.BooleanField(
        default=False,
        editable=False,
        help_text="A demonstration account: what it takes part in is marked as demonstration.",
    )

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.get_username()

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        table = cls._meta.db_table
        message = "people are deactivated, never deleted"
        return [
            refuse(f"{table}_no_delete", table, "DELETE", message),
            refuse(
                f"{table}_keeps_id",
                table,
                "UPDATE",
                "the id of a person never changes",
                when="OLD.id IS DISTINCT FROM NEW.id",
            ),
            _known_to_the_log(table),
        ]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow("People are deactivated, never deleted: the log names them.")
