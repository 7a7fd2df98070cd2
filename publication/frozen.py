"""Rows that never change: refused by the model here and by triggers in the database."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from publication.errors import FrozenRow
from publication.rights import APPEND

M = TypeVar("M", bound=models.Model)


class FrozenQuerySet(models.QuerySet[M]):
    """Reads and inserts only."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRow(f"{self.model._meta.verbose_name} rows are never changed.")

    def delete(self) -> NoReturn:
        raise FrozenRow(f"{self.model._meta.verbose_name} rows are never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow(f"{self.model._meta.verbose_name} rows are never changed.")


class Frozen(models.Model):
    """A row that may be inserted and read, never updated or deleted."""

    web_may: ClassVar[frozenset[str]] = APPEND

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRow(f"This {self._meta.verbose_name} is on record and never changes.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow(f"This {self._meta.verbose_name} is on record and is never deleted.")
