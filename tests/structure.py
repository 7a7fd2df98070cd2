"""The database's own rules as tests ask for them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from publication.structure import differences, postgresql
from publication.structure.catalog import Catalog


def broken_rules() -> list[str]:
    """Names of rules, and of functions under them, that are absent, altered or disabled."""
    kinds = ("trigger", "function")
    return sorted({each.name for each in differences(connection) if each.kind in kinds})


@contextmanager
def one_reference() -> Iterator[None]:
    """What PostgreSQL's tables are compared with is made once, not for each comparison.

    It is made of what is declared, and hangs on the names of tables and schema alone.
    """
    made: dict[tuple[str, ...], Catalog] = {}
    make = postgresql._reference

    def kept(
        to: BaseDatabaseWrapper, cursor: CursorWrapper, names: list[str], schema: str
    ) -> Catalog:
        if (key := (*names, schema)) not in made:
            made[key] = make(to, cursor, names, schema)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgresql, "_reference", kept)
        yield
