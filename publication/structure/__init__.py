"""Every way in which the database itself is not what the program declares, whoever made it so.

A reference is made from the models, apart from the tables in use, and catalog is compared with
catalog: tables, columns, constraints, indexes and triggers. Rows are not looked at, and nothing
of the database in use is locked or written.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from publication.structure import postgresql, sqlite
from publication.structure.pieces import Difference

__all__ = ["Difference", "differences"]


def differences(connection: BaseDatabaseWrapper) -> Iterator[Difference]:
    """What differs, in the order of the tables' names."""
    room = postgresql if connection.vendor == "postgresql" else sqlite
    yield from sorted(room.differences(connection), key=lambda found: found.table)
