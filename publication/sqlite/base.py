"""Where Django looks for a backend."""

import os
import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

from publication.sqlite.schema import SchemaEditor

_File = tuple[int, int]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection may be kept from one request to the next, to the file that has the name now."""

    SchemaEditorClass = SchemaEditor
    _opened: _File | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        made: sqlite3.Connection = super().get_new_connection(conn_params)
        self._opened = self._there()
        return made

    def is_usable(self) -> bool:
        return self._opened == self._there()

    def _there(self) -> _File | None:
        try:
            found = os.stat(self.settings_dict["NAME"])  # noqa: PTH116 (asked for each answer)
        except (OSError, ValueError):
            return None
        return found.st_dev, found.st_ino
