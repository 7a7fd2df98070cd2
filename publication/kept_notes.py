"""Signed heads of the log that were kept elsewhere: by whom they are, and what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from publication.anchors import Anchor
from publication.notes import NotANote, UnknownSigner, Verifier, WrongSignature
from publication.signed_heads import NotAHead, OtherLog
from publication.signed_heads import opened as head_of
from publication.verify import Check, Finding, Watch


class Note(NamedTuple):
    """The bytes of a note, and what people call it."""

    name: str
    note: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What several notes say, and what is wrong with the others."""

    heads: list[Anchor] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def check(self) -> Check:
        """That each is by the key that it was asked of."""

        def run(watch: Watch) -> Iterator[Finding]:
            yield from watch(self.findings, len(self.findings))

        return Check("log: signatures of heads kept elsewhere", run)


def opened(notes: Sequence[Note], verifier: Verifier) -> Opened:
    """Each note held against one key; ``NotANote`` and ``NotAHead`` name what is none."""
    found = Opened()
    for name, note in notes:
        try:
            found.heads.append(head_of(verifier, note).anchor)
        except (UnknownSigner, WrongSignature, OtherLog) as problem:
            found.findings.append(Finding(name, str(problem)))
        except (NotANote, NotAHead) as problem:
            raise type(problem)(f"{name}: {problem}") from problem
    return found
