"""Reads settings from environment variables and refuses what it does not understand."""

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

TRUE = ("true", "yes", "on", "1")
FALSE = ("false", "no", "off", "0")

SQLITE = "django.db.backends.sqlite3"
SQLITE_WITH_TRIGGERS = "publication.sqlite"
POSTGRESQL: dict[str, Any] = {
    "ENGINE": "msportal.postgresql",
    # Each thread keeps its connection so long (seconds): never one that a firewall forgot.
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # Seconds for each address that the host has; the client library takes no fewer.
    "OPTIONS": {"connect_timeout": 2},
}
LONGEST_ROLE = 63
"""Bytes of a name in PostgreSQL, which cuts longer ones without a word."""

_gathered: list[str] | None = None


def gather() -> None:
    """From now on, what is not understood is kept, so that ``gathered`` can say all of it."""
    global _gathered
    _gathered = []


def gathered() -> list[str]:
    """What was not understood since ``gather``, in sentences; from now on it is raised at once."""
    global _gathered
    found, _gathered = _gathered or [], None
    return list(dict.fromkeys(found))  # one that two settings are made of is said once


def _not_understood(sentence: str, *, instead: T) -> T:
    """``ImproperlyConfigured``, or while all is gathered a value to go on with."""
    if _gathered is None:
        raise ImproperlyConfigured(sentence)
    _gathered.append(sentence)
    return instead


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; a misspelt value stops the program instead of counting as no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    return _not_understood(f"{name} is {value!r}: say true or false.", instead=default)


def number(name: str, *, default: int, least: int = 0) -> int:
    """A whole number, ``least`` or more."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()):
        return _not_understood(f"{name} is {value!r}: say a whole number.", instead=default)
    if int(value) < least:
        return _not_understood(f"{name} is {value!r}: say {least} or more.", instead=default)
    return int(value)


def names(name: str, *, default: list[str] | None = None) -> list[str]:
    """Values separated by commas; required when there is no default."""
    value = os.environ.get(name)
    if value is None:
        if default is None:
            why = f"{name} is not set: say one or more names, with commas."
            return _not_understood(why, instead=["localhost"])
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def file(name: str, base: Path) -> Path | None:
    """A file, relative to base; None where nothing is said."""
    value = os.environ.get(name, "").strip()
    return base / value if value else None


def file_or(name: str, base: Path, default: str) -> Path:
    """The same, where there always is one."""
    return file(name, base) or base / default


def origin(name: str) -> str:
    """What absolute addresses begin with, without a slash behind; empty where nothing is said."""
    value = os.environ.get(name, "").strip()
    if not value or is_origin(value):
        return value
    why = f"{name} is {value!r}: say https:// and a name, such as https://msportal.example.org."
    return _not_understood(why, instead="")


def is_origin(text: str) -> bool:
    """Scheme, name and perhaps a port, as RFC 6454 writes an origin."""
    host = r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    return bool(re.fullmatch(rf"https?://{host}(?::[0-9]{{1,5}})?", text, re.ASCII))


def log_name(name: str) -> str:
    """What the log is called in signed notes; empty where nothing is said."""
    value = os.environ.get(name, "").strip()
    if re.fullmatch(r"[a-z0-9][a-z0-9./_-]{0,199}", value, re.ASCII) or not value:
        return value
    why = (
        f"{name} is {value!r}: say a name of small letters, digits, dots, dashes and slashes, such "
        "as msportal.example.org/log."
    )
    return _not_understood(why, instead="")


def contact(name: str) -> str:
    """What a link leads to: an e-mail address, or a page; empty where nothing is said."""
    value = os.environ.get(name, "").strip()
    if not value or re.fullmatch(r"https?://[^\s<>\"']+", value):
        return value
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value, re.ASCII):
        return f"mailto:{value}"
    why = f"{name} is {value!r}: say an e-mail address, or https:// and that of a page."
    return _not_understood(why, instead="")


def role(name: str, *, default: str) -> str:
    """The name of a role of the database, in its own spelling."""
    value = os.environ.get(name) or default
    if len(value.encode(errors="surrogatepass")) > LONGEST_ROLE or not value.isprintable():
        raise ImproperlyConfigured(
            f"{name} is {value!r}: say a name of at most {LONGEST_ROLE} bytes that can be printed."
        )
    if value.startswith("pg_") or value in ("public", "none"):
        raise ImproperlyConfigured(f"{name} is {value!r}, which PostgreSQL keeps for itself.")
    return value


def secret_key(kept_in: Path | None) -> str:
    """SECRET_KEY, or else a key generated once and kept in the file given; no file, no default.

    Read without django-environ, which takes a value that starts with "$" for another name.
    """
    value = os.environ.get("SECRET_KEY")
    if value:
        return value
    if kept_in is None:
        why = "SECRET_KEY is not set: say 50 or more random characters."
        return _not_understood(why, instead=secrets.token_urlsafe(50))
    try:
        return _kept_key(kept_in)
    except OSError as problem:
        why = f"The key cannot be kept in {kept_in}: {problem.strerror}. Say SECRET_KEY instead."
        return _not_understood(why, instead=secrets.token_urlsafe(50))


def _kept_key(kept_in: Path) -> str:
    keep_once(kept_in, lambda: secrets.token_urlsafe(50))
    return kept_in.read_text()


def keep_once(kept_in: Path, make: Callable[[], str]) -> bool:
    """Make a secret and keep it in a file for its owner alone, unless the file is there.

    Whole and on disk when this returns. Two processes that start together agree on the first one's;
    true for who made it.
    """
    if kept_in.exists():
        return False
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(8)}")
    fresh.touch(mode=0o600)
    try:
        with fresh.open("w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, kept_in)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def database(base: Path, *, default: str) -> dict[str, Any]:
    """DATABASE_URL as Django wants it; a relative SQLite path counts from base."""
    return database_at(os.environ.get("DATABASE_URL", default), base, named="DATABASE_URL")


def database_at(url: str, base: Path, *, named: str) -> dict[str, Any]:
    """The same for any URL; refusals say its name and nothing of it that may be a password."""
    scheme, is_url, _ = url.partition(":")
    if scheme not in ("sqlite", "postgres", "postgresql"):
        begins = f"starts with {scheme!r}" if is_url else "is no URL"
        return _no_database(f"{named} {begins}: {_SAY}")
    if scheme == "sqlite" and re.match(r"sqlite:(?!//(?:/|$|:memory:$))", url):
        return _no_database(f"{named} has no path after three slashes: say sqlite:///PATH.")
    config = _parts(url)
    if config is None:
        return _no_database(f"{named} cannot be taken apart: {_SAY} {_ESCAPE}")
    if config["ENGINE"] == SQLITE:
        try:
            return config | _sqlite(base, config["NAME"], config.get("OPTIONS", {}))
        except OSError as problem:
            why = f"{problem.filename} cannot be made: {problem.strerror}"
            return _no_database(f"{named} names a file whose folder is not there, and {why}.")
    if not config["NAME"]:
        return _no_database(f"{named} names no database after the host.")
    return config | POSTGRESQL | {"OPTIONS": POSTGRESQL["OPTIONS"] | config.get("OPTIONS", {})}


_SAY = "say sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
_ESCAPE = (
    "In a password, write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25, space as %20."
)


def _no_database(sentence: str) -> dict[str, Any]:
    return _not_understood(sentence, instead={"ENGINE": SQLITE, "NAME": ":memory:"})


def _parts(url: str) -> dict[str, Any] | None:
    """None where a character of the password seems to be read as a mark of the URL's own."""
    if "#" in url:
        return None
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        return None
    is_name = config["ENGINE"] == SQLITE or not {"@", "/"} & {*config["NAME"]}
    return config if is_name else None


def _sqlite(base: Path, name: str, options: dict[str, Any]) -> dict[str, Any]:
    if name != ":memory:":
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        name = str(path)
    pragmas = (
        "PRAGMA journal_mode=WAL",  # readers go on while one writes
        # With NORMAL a power cut may undo the last commits: an approval that the reviewer was
        # told of, and that readers have seen, would be gone. FULL syncs each commit.
        "PRAGMA synchronous=FULL",
        # Without it, INSERT OR REPLACE removes a row past the triggers that refuse deletes.
        "PRAGMA recursive_triggers=ON",
        "PRAGMA temp_store=MEMORY",  # sorting needs no room on a disk, which may be full
    )
    return {
        "ENGINE": SQLITE_WITH_TRIGGERS,
        "NAME": name,
        # To open one takes longer than to make most answers; who keeps none closes it himself
        # (msportal/answers/asking.py).
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Take the write lock at BEGIN: a transaction that starts as a reader and writes
            # later fails at once when another has written meanwhile, whatever the timeout.
            "transaction_mode": "IMMEDIATE",
            # Seconds to wait for the writer; the site's own processes say fewer.
            "timeout": number("MSPORTAL_LOCK_SECONDS", default=20),
            "init_command": ";".join(pragmas),
            **options,
        },
    }
