"""Canonical JSON and its digest (RFC 8785, JSON Canonicalization Scheme; SHA-256, FIPS 180-4)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(value: Any) -> str:
    """The one JSON text of ``value``; floats are refused, so decimals and dates are strings."""
    _refuse_floats(value)
    return rfc8785.dumps(value).decode("utf-8")


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest_of(value: Any) -> str:
    return digest(canonical(value))


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float cannot be stored exactly: {value!r}; write it as a string")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
