"""What one version of a record said and a later one does not: words, how sure, values, absences.

Versions are compared by what they say, not by the ids of their claims: a claim that is written
again says the same, and a sentence of which two claims were made is still said when one is gone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.folding import folded
from therapies.absences import absences
from therapies.statements import Claim, Saying, rests_on, subject_of
from therapies.values import VALUES

Body = Mapping[str, Any]
"""The content of a therapy or mechanism in today's shape."""
Held = frozenset[tuple[str, str, str]]
"""Values: of which outcome or harm (folded), their names, and a code, a text or an id each."""
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What is not said any more of what one claim, or several of the same words, said."""

    said: tuple[Claim, ...]
    """The claims of the same words; none of an absence."""
    values: Held = frozenset()
    """Which of its values are not said any more, where its words are."""
    in_part: bool = False
    """Its words are said, and its passages bear them out no more than in part."""
    absence: str = ""
    """Instead of a claim: the topic of which it was said that the sources do not state it."""
    words: str = ""
    """In which an absence was asserted."""
    now: Claim | None = None
    """The claim of the version shown in which to look for it; None where nothing is there."""

    @property
    def text(self) -> str:
        return str(self.said[0]["text"]) if self.said else self.words

    @property
    def certainty(self) -> str:
        return str(self.said[0]["certainty"]) if self.said else ""


class Version:
    """What a version says, by its words and how sure its sources are."""

    def __init__(self, body: Body) -> None:
        self.body = body
        found: dict[_Key, list[Claim]] = {}
        for claim in body["claims"]:
            found.setdefault(_key(claim), []).append(claim)
        self.said = {key: Saying(tuple(claims)) for key, claims in found.items()}
        self.by_id = {claim["id"]: claim for claim in body["claims"]}

    def lost(self, saying: Saying, place: Claim) -> Held:
        """The values of a saying that are not said of the same words, if these stand there."""
        words, _ = key = _key(place)
        return _lost(saying, self.said[key]) if words == saying.words else frozenset()

    def says_again(self, saying: Saying) -> Claim | None:
        """Where to look for what a saying of another version said."""
        kept = (self.by_id[c["id"]] for c in saying.claims if c["id"] in self.by_id)
        same = (claim for (words, _), one in self.said.items() for claim in one.claims
                if words == saying.words)  # fmt: skip
        return next(kept, None) or next(same, None)


def taken_back(before: Version, after: Version, shown: Version) -> Iterator[TakenBack]:
    """What ``before`` said, the next version did not, and the one shown does not either."""
    for key, saying in before.said.items():
        then, now = after.said.get(key), shown.said.get(key)
        if now is None:
            if then is None:
                place = shown.says_again(saying)
                values = shown.lost(saying, place) if place else frozenset()
                yield TakenBack(saying.claims, values, now=place)
            continue
        values = _lost(saying, now) & (_lost(saying, then) if then else _held(saying))
        in_part = _is_less(saying, now) and (then is None or _is_less(saying, then))
        if values or in_part:
            yield TakenBack(saying.claims, values, in_part, now=now.claims[0])
    yield from _absences(before, after, shown)


def changed(before: Version, shown: Version) -> Iterator[str]:
    """The ids of claims that the version shown makes otherwise than the one before it."""
    for claim in shown.body["claims"]:
        was, key = before.by_id.get(claim["id"]), _key(claim)
        if was is None:
            continue
        if _key(was) != key:
            if key not in before.said:
                yield claim["id"]
            continue
        now, then = shown.said[key], Saying((was,))
        if _lost(then, now) or _is_less(then, now):
            yield claim["id"]


def _absences(before: Version, after: Version, shown: Version) -> Iterator[TakenBack]:
    """Topics of which it was said that certain sources do not state them, and of which one of
    these is cited now: it was overlooked.
    """
    kept = {item["topic"] for version in (after, shown) for item in version.body["not_stated"]}
    for topic, absence in absences(before.body["not_stated"], ()).items():
        on_it = (claim for claim in shown.body["claims"] if claim["topic"] == topic)
        overlooked = (c for c in on_it if not set(absence.sources).isdisjoint(rests_on(c)))
        if topic not in kept and (claim := next(overlooked, None)):
            yield TakenBack((), absence=topic, words=absence.in_words, now=claim)


def _key(claim: Claim) -> _Key:
    return Saying((claim,)).words, claim["certainty"]


def _lost(before: Saying, after: Saying) -> Held:
    """What is not said any more of the same outcome or harm; of one that is not named any more,
    what is said of none.
    """
    held = _held(after)
    named, anyhow = {on for on, _, _ in held}, {(name, item) for _, name, item in held}
    return frozenset(
        (on, name, item)
        for on, name, item in _held(before)
        if ((on, name, item) not in held if on in named else (name, item) not in anyhow)
    )


def _held(saying: Saying) -> Held:
    return frozenset(held for claim in saying.claims for held in _of_claim(claim))


def _of_claim(claim: Claim) -> Iterator[tuple[str, str, str]]:
    on = folded(subject_of(claim))
    for value in VALUES:
        stored = claim["values"][value.name]
        items: Sequence[Any] = stored if isinstance(stored, list) else [stored] if stored else []
        for item in items:
            yield on, value.name, item["id"] if isinstance(item, Mapping) else str(item)


def _is_less(before: Saying, after: Saying) -> bool:
    """Whether it was borne out as a whole, and is so no more."""
    return after.is_partly_supported and not before.is_partly_supported
