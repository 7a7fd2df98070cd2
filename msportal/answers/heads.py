"""The head of the log as it is now: exact, and cheap enough to be asked before every answer.

Exact means: whoever asks after an append was committed is told of it, in whatever process it was.
A notification of the database would come later than that; so each time the database itself is
asked (see ADR 0013).
"""

import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from msportal.patience import waiting_at_most
from msportal.postgresql.patience import PatientConnection
from publication.entries import LogHead
from publication.folded_by import FoldedBy

SECONDS = 1.0
"""What PostgreSQL has to answer in, connecting included; then it counts as away."""

_ASKED = (
    "SELECT h.seq, h.hash, COALESCE(CAST({folded_by} AS text), '') "
    f"FROM {LogHead._meta.db_table} h "
    f"LEFT JOIN {FoldedBy._meta.db_table} f ON f.id = 1 WHERE h.id = 1"
)


class State(NamedTuple):
    """Of what a public answer is a function, beside its address."""

    seq: int
    hash: str
    folded_by: str
    """By which program the read models were folded: ``rebuild`` may change what they say."""


class Away(Exception):
    """The database does not say which state it is in."""


class Head(Protocol):
    """Asked by many threads at once."""

    def now(self) -> State:
        """The state at some moment since the call; the same object while it stays the same.

        ``Away`` where the database cannot be asked.
        """

    def close(self) -> None:
        """Gives the connection up; who asks again makes another."""


class SqliteHead:
    """Keeps one connection that never writes.

    ``PRAGMA data_version`` says, by a look at memory that all connections share, whether another
    one has committed since it was last asked; only then is the row of the head read again.
    """

    _ASKED = _ASKED.format(folded_by="f.parts")

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._held: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._version = -1
        self._state: State | None = None

    def now(self) -> State:
        with self._lock:
            try:
                return self._ask()
            except (OSError, sqlite3.Error) as problem:
                self.close()
                raise Away(str(problem)) from problem

    def _ask(self) -> State:
        there = os.stat(self._path)  # noqa: PTH116 (Path.stat takes three times as long)
        held = self._held
        if held is None or (there.st_dev, there.st_ino) != self._file:  # another file by that name
            held = self._open(there)
        version = held.execute("PRAGMA data_version").fetchone()[0]
        state = self._state
        if state is None or version != self._version:
            found = held.execute(self._ASKED).fetchone()
            if found is None:
                raise sqlite3.DatabaseError("The log has no head.")
            if state is None or found != state:
                state = self._state = State(*found)
            # Of before: what is committed in between changes it once more.
            self._version = version
        return state

    def _open(self, there: os.stat_result) -> sqlite3.Connection:
        self.close()
        self._held = sqlite3.connect(
            f"{Path(self._path).as_uri()}?mode=rw",
            uri=True,
            timeout=SECONDS,
            check_same_thread=False,
            isolation_level=None,
        )
        self._file = (there.st_dev, there.st_ino)
        return self._held

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
        self._held, self._state, self._version = None, None, -1


class PostgresHead:
    """Keeps one connection, on which one prepared statement is asked in rounds.

    Who comes while a round is under way waits for the next one, which all who came so share: its
    statement is sent after the last of them came, so its answer is true for each.
    """

    _ASKED = _ASKED.format(folded_by="f.xmin")  # another one each time that the row is written
    PAUSE = 1.0
    """Seconds, after a failure, in which nobody asks again."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._params = params
        self._held: psycopg.Connection[Any] | None = None
        self._turn = threading.Condition()
        self._begun = self._done = 0
        """Rounds, by number."""
        self._asking = False
        self._state: State | None = None
        self._failed_at = -self.PAUSE

    def now(self) -> State:
        with self._turn:
            mine = self._begun + 1
            while self._asking and self._done < mine:
                self._turn.wait()
            if self._done >= mine:
                return self._known()
            self._asking, self._begun = True, mine
        try:
            self._round()
        finally:
            with self._turn:
                self._asking, self._done = False, mine
                self._turn.notify_all()
        return self._known()

    def _known(self) -> State:
        if (state := self._state) is None:
            raise Away("PostgreSQL does not say which entry of the log is the newest.")
        return state

    def _round(self) -> None:
        if time.monotonic() - self._failed_at < self.PAUSE:
            return
        try:
            with waiting_at_most(SECONDS):
                found = self._asked()
        except (psycopg.Error, OSError):
            self.close()
            self._state, self._failed_at = None, time.monotonic()
        else:
            if found != self._state:
                self._state = State(*found)

    def _asked(self) -> tuple[Any, ...]:
        """One that was cut off meanwhile is made anew, once."""
        if self._held is not None:
            try:
                return self._row(self._held)
            except psycopg.OperationalError:
                self.close()
        self._held = PatientConnection.connect(**self._params)
        self._held.autocommit = True
        return self._row(self._held)

    @classmethod
    def _row(cls, held: psycopg.Connection[Any]) -> tuple[Any, ...]:
        found = held.execute(cls._ASKED, prepare=True).fetchone()
        if found is None:
            raise psycopg.DataError("The log has no head.")
        return tuple(found)

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
        self._held = None


def head_of_database(asked: BaseDatabaseWrapper | None = None) -> Head | None:
    """The head of the site's database; ``None`` where no other connection could see it."""
    there: Any = asked or connection
    if there.vendor == "postgresql":
        params = there.get_connection_params()
        wanted = {name: value for name, value in params.items() if name not in _NOT_OF_LIBPQ}
        return PostgresHead(wanted)
    name = str(there.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else SqliteHead(name)


_NOT_OF_LIBPQ = ("cursor_factory", "context", "prepare_threshold")
