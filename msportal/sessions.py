"""Sessions in the database, asked only for keys that the site itself may have given."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie may hold any character; PostgreSQL breaks at some of them."""

    def _validate_session_key(self, key: Any) -> bool:
        known = bool(super()._validate_session_key(key))  # type: ignore[misc]
        return known and key.isascii() and key.isalnum()
