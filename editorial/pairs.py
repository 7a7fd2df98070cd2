"""What a reviewer judges and what stands in the way of approval: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from publication.canonical import digest_of
from publication.presentation import Card, EvidenceCard
from publication.shapes import stated


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement beside one passage that it rests on, or beside who vouches for it."""

    group: str
    """What holds several pairs together on screen: a claim's public id, a field's name."""
    card: Card
    """The statement as readers are shown it, with all its passages."""
    evidence: EvidenceCard
    """The passage beside it."""
    binding: dict[str, Any]
    """What a judgement is bound to, as far as it states something: change any of it and the digest
    is another, so that no judgement outlives the text it was given on.
    """
    part: str = ""
    """The public id of what joins the two in the content; empty where nothing has one."""
    aside: str = ""
    """A word to the reviewer about the statement, such as why a machine proposed it; not judged."""

    @property
    def digest(self) -> str:
        return digest_of(stated(self.binding))


@dataclass(frozen=True, slots=True)
class Bound:
    """What had to be agreed to of a stored content: a pair as the log names it."""

    group: str
    part: str
    digest: str
    """As ``Pair.digest``; of contents of today's schema alone, since bindings grow with it."""

    @classmethod
    def of(cls, binding: Mapping[str, Any], *, group: str, part: str = "") -> Self:
        return cls(group, part, digest_of(stated(binding)))


@dataclass(frozen=True, slots=True)
class Word:
    """What a reviewer says of one pair."""

    pair: str
    """Its digest."""
    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """A record that readers have to be able to rest on before another can be approved."""

    record_type: str
    public_id: str
    text: str = ""
    """The SHA-256 of the one text of it that is rested on; empty: it is the record as such."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why content cannot be approved yet."""

    code: str
    message: str
    own: bool = True
    """True: the record's own fault, refused at submission too; False: it waits for another."""
    is_kept: bool = True
    """False: it hangs on what others write, too, so the page of the record alone tells it."""
    waits_for: Needed | None = None
    """The other record, where it waits for one."""
    ends_with_approval: bool = True
    """Whether an approval of the other ends the wait."""
