"""The key of the log is made by the command that sets the site up, once for all its processes."""

import secrets
from pathlib import Path

from msportal.environment import keep_once
from publication.notes import Signer


def make_log_key(path: Path, name: str) -> bool:
    """Make the key in a file of its own, with mode 0600, unless the file is there; ``OSError``.

    Of the name given; without one, of a name that no other site has. True where it was made.
    """
    return keep_once(path, lambda: fresh(name).written())


def fresh(name: str) -> Signer:
    """A new key, from the system's source of random numbers."""
    return Signer(name or f"msportal/{secrets.token_hex(8)}", secrets.token_bytes(32))
