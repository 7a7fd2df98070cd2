"""What a configuration may not be, though each of its values can be understood.

Each question takes the settings and gives a sentence that says what is wrong and what mends it, or
nothing. The guard asks them when the site starts, Django's checks at ``check --deploy``.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Settings = Any
"""Django's settings, or whatever has their names."""

KEY_LENGTH, KEY_SIGNS = 50, 10
"""Of SECRET_KEY: characters, and different ones, at least."""
NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' prints a new one"
MOST_PROXIES = 9
INDEX = "staticfiles.json"
"""Written when all static files are gathered."""

_PHRASES = re.compile(
    "changeme|changethis|replaceme|secretkey|yoursecret|supersecret|password|insecure|placeholder"
    "|example|default|development|production|notused|knownto|django|msportal|qwerty|abcdefg"
    "|loremipsum|correcthorse"
)
"""What people write where a key belongs; a random key has none of them."""
_NAME = re.compile(r"\.?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://(?:\*\.)?[^\s/*?#@]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; the server does not start where its answer is a sentence."""

    id: str
    """Of Django's check."""
    answer: Callable[[Settings], str]
    """What is wrong and what mends it; empty where nothing is."""
    everywhere: bool = False
    """Not in production alone."""
    warning: bool = False
    """Said, and no reason not to start."""


def is_public(host: str) -> bool:
    """Whether a name of ALLOWED_HOSTS may be visited from another machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name in ("localhost", "testserver") or name.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(name).is_loopback
    except ValueError:
        return True


def _public(settings: Settings) -> str:
    return ", ".join(host for host in settings.ALLOWED_HOSTS if is_public(host))


def key(settings: Settings) -> str:
    """A key that can be guessed lets anybody sign sessions and forms."""
    value = settings.SECRET_KEY
    if len(value) < KEY_LENGTH:
        why = f"has {len(value)} characters and needs {KEY_LENGTH}"
    elif len(set(value)) < KEY_SIGNS:
        why = f"has {len(set(value))} different characters and needs {KEY_SIGNS}"
    elif any(value.startswith(value[part:]) for part in range(1, len(value) // 2 + 1)):
        why = "is a short piece said again and again"
    elif found := _PHRASES.search(re.sub(r"[^a-z]", "", value.lower())):
        why = f"is no random one: “{found[0]}” is in it"
    else:
        return ""
    return f"SECRET_KEY {why}; {NEW_KEY}."


def hosts(settings: Settings) -> str:
    """Which names the site is visited under; whoever chooses one makes links to anywhere."""
    if not settings.ALLOWED_HOSTS:
        return "ALLOWED_HOSTS is empty, so every visit is refused: say the site's own names."
    for host in settings.ALLOWED_HOSTS:
        if "*" in host or re.fullmatch(r"\.[^.]*\.?", host):
            return f"ALLOWED_HOSTS has “{host}”, which is everybody's: say the site's own names."
        if not _NAME.fullmatch(host):
            return (
                f"ALLOWED_HOSTS has “{host}”, which no visit can match: say a name alone, such as "
                "msportal.example.org, without https://, port or path."
            )
    return ""


def debugging(settings: Settings) -> str:
    """Error pages of development show code and settings to whoever visits."""
    public = _public(settings)
    if not settings.DEBUG or not (public or is_public(settings.HOST)):
        return ""
    where = f"ALLOWED_HOSTS has {public}" if public else f"HOST is {settings.HOST}"
    return (
        f"DEBUG is on and {where}: visitors would be shown code and settings. "
        "Say DEBUG=false, or local names alone, such as localhost."
    )


def origins(settings: Settings) -> str:
    """Whose forms are accepted."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not _ORIGIN.fullmatch(origin):
            return (
                f"CSRF_TRUSTED_ORIGINS has “{origin}”: say scheme and name, such as "
                "https://www.example.org."
            )
    return ""


def https(settings: Settings) -> str:
    """Passwords and sessions cross the net as they are."""
    public = _public(settings)
    if settings.HTTPS or not public:
        return ""
    return (
        f"MSPORTAL_HTTPS is off and ALLOWED_HOSTS has {public}: passwords would cross the net "
        "unencrypted. Let a proxy end TLS and say MSPORTAL_HTTPS=true."
    )


def too_many_proxies(settings: Settings) -> str:
    """More than there can be: the visitor's address would be one that the visitor made up."""
    if settings.TRUSTED_PROXIES <= MOST_PROXIES:
        return ""
    return (
        f"MSPORTAL_TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}: say how many proxies of yours "
        f"stand before the site, {MOST_PROXIES} at most."
    )


def no_proxy(settings: Settings) -> str:
    """Behind a proxy that is not counted, all visitors have its address."""
    if not settings.HTTPS or settings.TRUSTED_PROXIES or not _public(settings):
        return ""
    return (
        "MSPORTAL_HTTPS is on, so a proxy ends TLS, and MSPORTAL_TRUSTED_PROXIES is 0: sign-in "
        "takes all visitors for one. Say how many proxies of yours stand before the site."
    )


def static_files(settings: Settings) -> str:
    """Pages that name a file which is not gathered are errors."""
    if not settings.STATIC_COLLECTED or (Path(settings.STATIC_ROOT) / INDEX).is_file():
        return ""
    return (
        f"Static files are not gathered in {settings.STATIC_ROOT}: run “manage.py collectstatic”."
    )


QUESTIONS = (
    Question("msportal.E002", key),
    Question("msportal.E003", hosts),
    Question("msportal.E004", debugging, everywhere=True),
    Question("msportal.E005", origins),
    Question("msportal.E006", https),
    Question("msportal.E007", too_many_proxies),
    Question("msportal.E008", static_files),
    Question("msportal.W001", no_proxy, warning=True),
)


def answers(settings: Settings) -> Iterator[tuple[Question, str]]:
    """The questions of which this configuration has something wrong, each with its sentence."""
    for question in QUESTIONS:
        asked = question.everywhere or settings.PRODUCTION
        if asked and (sentence := question.answer(settings)):
            yield question, sentence
