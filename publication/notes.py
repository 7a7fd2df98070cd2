"""Signed notes (C2SP signed-note): a text, and who signed it with Ed25519 (RFC 8032). Pure.

A note is the text, which ends with a line feed, an empty line, and a line for each signature::

    — <name> <base64 of the key's 4-byte id and the 64-byte signature>

A key is known by its name and id together; the id is the beginning of a SHA-256 over name and key.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""The byte that C2SP gives to this kind of signature."""
LONGEST = 64_000
"""Bytes of a note that are looked at."""
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f-\x9f]{1,200}")
_PRIVATE = "PRIVATE+KEY+"
_DASH = "— "


class NoKey(ValueError):
    """A text is no key; the message says what was expected and never what was there."""


class NoteError(ValueError):
    """A note tells nothing; the message says why."""


class NotANote(NoteError):
    """It has not the form of one."""


class UnknownSigner(NoteError):
    """No signature of it is by the key that was asked for."""


class WrongSignature(NoteError):
    """A signature that says it is by that key is not: the text or the signature was changed."""


def is_name(text: str) -> bool:
    """Whether it can stand for a key: no space, no ``+``, nothing that cannot be seen."""
    return bool(_NAME.fullmatch(text)) and text.isprintable()


@dataclass(frozen=True, slots=True)
class Verifier:
    """What anybody may know of a key: whose it is, and its public half (32 bytes)."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes."""
        of = self.name.encode() + b"\n" + ED25519 + self.key
        return hashlib.sha256(of).digest()[:4]

    def __str__(self) -> str:
        """As it is given away: ``<name>+<id in hexadecimal>+<base64>``."""
        return f"{self.name}+{self.id.hex()}+{_text(ED25519 + self.key)}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what ``str`` gives; ``NoKey`` when it is none."""
        name, _, rest = text.strip().partition("+")
        id_, _, written = rest.partition("+")
        key = _bytes(written)
        if not is_name(name) or len(key) != 33 or not key.startswith(ED25519):
            raise NoKey(
                "That is no key: say NAME+ID+KEY, as “manage.py checkpoint --key” prints it."
            )
        found = cls(name, key[1:])
        if found.id.hex() != id_:
            raise NoKey(f"The key of {name} does not have the id {id_[:20]!r}: it was mistyped.")
        return found

    def opened(self, note: bytes) -> str:
        """The text of a note that this key signed.

        ``NotANote``, ``UnknownSigner``, ``WrongSignature``; of several signatures the others are
        passed over, as C2SP has it.
        """
        text, lines = _parted(note)
        found = [signature for name, id_, signature in lines if (name, id_) == (self.name, self.id)]
        if not found:
            others = ", ".join(f"{name}+{id_.hex()}" for name, id_, _ in lines)
            raise UnknownSigner(
                f"It is signed by {others}, and not by {self.name}+{self.id.hex()}: it is of "
                "another log, or of a key that was exchanged since."
            )
        for signature in found:
            try:
                Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
            except (InvalidSignature, ValueError) as problem:
                raise WrongSignature(
                    f"Its signature is not by {self.name}: the text or the signature was changed."
                ) from problem
        return text


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A whole key: whose it is, and its private half (32 bytes), which is never shown."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what ``written`` gives; ``NoKey`` when it is none."""
        name, _, rest = text.strip().removeprefix(_PRIVATE).partition("+")
        id_, _, seed = rest.partition("+")
        key = _bytes(seed)
        if not text.startswith(_PRIVATE) or not is_name(name):
            raise NoKey("That is no key of a log.")
        if len(key) != 33 or not key.startswith(ED25519):
            raise NoKey("That is no key of a log.")
        found = cls(name, key[1:])
        if found.verifier.id.hex() != id_:
            raise NoKey("That is no whole key of a log.")
        return found

    def written(self) -> str:
        """As it is kept: ``PRIVATE+KEY+<name>+<id in hexadecimal>+<base64>``."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_text(ED25519 + self.seed)}"

    def note(self, text: str) -> bytes:
        """The text, which ends with a line feed, signed: always the same bytes."""
        if not text.endswith("\n") or "\n\n" in text or text != _visible(text):
            raise ValueError("The text of a note is lines that are not empty.")
        signature = self.verifier.id + self._private.sign(text.encode())
        return f"{text}\n{_DASH}{self.name} {_text(signature)}\n".encode()


def _parted(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text, and of each signature the name, the key's id and itself."""
    if len(note) > LONGEST:
        raise NotANote(f"It is longer than {LONGEST:,} bytes.")
    try:
        whole = note.decode()
    except UnicodeDecodeError as problem:
        raise NotANote("It is not UTF-8.") from problem
    before, between, after = whole.rpartition("\n\n")
    if not between or not before or not after.endswith("\n") or whole != _visible(whole):
        raise NotANote("It is no signed note: a text, an empty line, and lines of signatures.")
    return f"{before}\n", [_signature(line) for line in after[:-1].split("\n")]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, written = line.removeprefix(_DASH).partition(" ")
    found = _bytes(written)
    if not line.startswith(_DASH) or not is_name(name) or len(found) <= 4:
        raise NotANote(f"This line of it is no signature: {line[:60]!r}.")
    return name, found[:4], found[4:]


def _visible(text: str) -> str:
    """Without control characters but the line feed, which a note must not hold."""
    return re.sub(r"[\x00-\x09\x0b-\x1f]", "", text)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    """Empty where it is not exactly what ``_text`` writes: one value, one way to write it."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return value if _text(value) == text else b""
