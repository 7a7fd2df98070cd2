"""Lets readers of an SQLite file go on while its disk is full.

The last connection that closes takes the files away that lie beside the database; who comes next
has to write them anew to read. So each process of the server holds one that does nothing.
"""

import logging
import sqlite3
from pathlib import Path

from django.db import connection

logger = logging.getLogger(__name__)
_held: list[sqlite3.Connection] = []


def hold_open() -> None:
    """To be called once, after the fork: a connection is no other process's."""
    if connection.vendor != "sqlite":
        return
    path = Path(connection.settings_dict["NAME"])
    try:
        held = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False)
        held.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except (sqlite3.Error, ValueError) as problem:
        logger.warning("The database cannot be held open: %s.", problem)
    else:
        _held.append(held)
