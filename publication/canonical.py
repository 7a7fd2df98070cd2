"""Canonical JSON and its digest (RFC 8785, JSON Canonicalization Scheme; SHA-256, FIPS 180-4)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


class NotCanonical(TypeError):
    """A value has no canonical form: a float, a number beyond 2^53, half of a surrogate pair."""


def canonical(value: Any) -> str:
    """The one JSON text of ``value``; floats are refused, so decimals and dates are strings.

    Raises ``NotCanonical``.
    """
    _refuse_floats(value)
    try:
        return rfc8785.dumps(value).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError) as problem:
        raise NotCanonical(f"A value cannot be stored exactly: {problem}.") from problem


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest_of(value: Any) -> str:
    return digest(canonical(value))


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise NotCanonical(f"A float cannot be stored exactly: {value!r}; write it as a string.")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
