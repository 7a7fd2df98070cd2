"""The head of the log as a text to sign: a note in the form of C2SP tlog-checkpoint.

Its lines are the log's name, the number of its newest entry, the SHA-256 of that entry's envelope
in 64 lower-case hexadecimal digits, and ``at`` with the time of the entry. The log is a chain of
hashes and no Merkle tree: the third line is no tree head of RFC 6962, and cannot be taken for one,
which would be the base64 of 32 bytes.
"""

import re
from dataclasses import dataclass
from typing import Self

from publication.anchors import HASH, Anchor
from publication.notes import Signer, Verifier, is_name

_AT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z"
_FORM = re.compile(
    rf"(?P<log>[^\n]+)\n(?P<seq>0|[1-9][0-9]{{0,17}})\n(?P<hash>{HASH})\n"
    rf"(?:at (?P<at>{_AT})\n)?(?:manifest (?P<manifest>{HASH})\n)?"
)


class NotAHead(ValueError):
    """A text that was signed, and says no head of a log."""


class OtherLog(ValueError):
    """It says the head of a log of another name than its key has."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """What a note says."""

    log: str
    """The log's name, which is its key's too."""
    anchor: Anchor
    at: str
    """When the entry was appended; empty of a log without entries."""
    manifest: str = ""
    """Of a release: the SHA-256 of its manifest, in hexadecimal digits."""

    def __str__(self) -> str:
        """The text to sign."""
        at = f"at {self.at}\n" if self.at else ""
        manifest = f"manifest {self.manifest}\n" if self.manifest else ""
        return f"{self.log}\n{self.anchor.seq}\n{self.anchor.hash}\n{at}{manifest}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what ``str`` gives; ``NotAHead`` when it is none."""
        found = _FORM.fullmatch(text)
        if found is None or not is_name(found["log"]):
            raise NotAHead(
                "It is signed, but says no head of a log: its lines are to be the log's name, a "
                "number, a hash and the time of the entry."
            )
        anchor = Anchor(int(found["seq"]), found["hash"])
        return cls(found["log"], anchor, found["at"] or "", found["manifest"] or "")


def signed(signer: Signer, anchor: Anchor, at: str, manifest: str = "") -> bytes:
    """The note that says where the log stands, in UTF-8."""
    return signer.note(str(SignedHead(signer.name, anchor, at, manifest)))


def opened(verifier: Verifier, note: bytes) -> SignedHead:
    """What a note says that this key signed; ``NoteError``, ``NotAHead``, ``OtherLog``."""
    head = SignedHead.of(verifier.opened(note))
    if head.log != verifier.name:
        raise OtherLog(f"It is the head of the log {head.log}, and the key is {verifier.name}'s.")
    return head
