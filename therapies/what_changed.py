"""What an entry of the log changed, in one plain sentence, from the stored contents alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.difference import Change, compare
from sources.choices import SourceKind, Standing
from sources.wording import code_in_words, date_in_words
from therapies.absences import cited_sources
from therapies.choices import Certainty, Topic
from therapies.differences import words_of
from therapies.parts_of_page import PREGNANCY, part_of
from therapies.statements import Claim, Saying, rests_on, sayings, subject_of
from therapies.values import VALUES, Form

Body = Mapping[str, Any]
"""A stored content in today's shape."""

_MOST = 3
"""Things that a sentence names one by one."""
_SHORT = 90
"""Characters of what a value is and was."""
_LONGEST = 240
"""Characters of a reason within a sentence."""
_ON: Mapping[str, str] = {
    Topic.OUTCOME: "on its effects",
    Topic.SAFETY: "on safety",
    PREGNANCY.key: "on pregnancy and children",
    Topic.INDICATION: "on who it is for",
    Topic.ADMINISTRATION: "on how it is given",
    Topic.MECHANISM: "on how it acts",
    Topic.MONITORING: "on monitoring",
    Topic.STATUS: "on its licence",
    Topic.LIMITATION: "on what is not known",
    Topic.RESEARCH: "on what is being studied",
    Topic.SUMMARY: "in the summary",
}
"""By part of a page, what a statement there is on."""
_FIELDS: Mapping[str, str] = {
    "readings": "where its fields were read",
    "vouched": "who vouches for its fields",
    "documents": "texts",
}
"""Parts of a content that have no name of their own for people."""


@dataclass(frozen=True, slots=True)
class News:
    """A sentence in two parts: the first leads to what it is about."""

    lead: str
    rest: str
    joint: str = ": "

    def __str__(self) -> str:
        return f"{self.lead}{self.joint}{self.tail}"

    @property
    def tail(self) -> str:
        """What is said, to the end of the sentence."""
        is_ended = self.rest.endswith((".", ".”", "!”", "?”", "…”"))
        return self.rest if is_ended else f"{self.rest}."


@dataclass(frozen=True, slots=True)
class Resting:
    """The statements of one public record that rest on a source."""

    name: str
    alone: int
    """Of them, those that rest on no other."""
    beside: int = 0
    """Those that other sources bear out too."""


def first(body: Body) -> News:
    """Of a record's first version."""
    if "claims" not in body:
        kind, date = body.get("kind", ""), body.get("date", "")
        told = [code_in_words(SourceKind, kind), date_in_words(date)]
        said = ", ".join(part for part in told if part) or "nothing more is stated of it"
        return News(f"New source: {body['name']}", f"({said})", " ")
    number = sum(len(said) for said in _by_part(body).values())
    if not number:
        return News(f"New: {body['name']}", "no statement yet", ", ")
    sources = _number(len({s for claim in body["claims"] for s in rests_on(claim)}), "source")
    return News(f"New: {body['name']}", f"{_number(number, 'statement')} from {sources}", ", ")


def later(before: Body, after: Body, *, again: bool = False) -> News:
    """Of a version that follows another; ``again`` where that one had been withdrawn."""
    changes = compare(before, after)
    said = ["public again"] if again else []
    if before["name"] != after["name"]:
        said.append(f"renamed, before “{before['name']}”")
    if "claims" in after:
        said += _statements(before, after)
        said += _sources(before, after)
        said += _absences(before, after)
    said += _fields(changes, after)
    if not said:
        said = ["details changed" if changes else "approved again, its content the same"]
    return News(after["name"], ", ".join(said))


def withdrawn(name: str, note: str) -> News:
    reason = " ".join(note.split())
    if len(reason) > _LONGEST:
        reason = f"{reason[:_LONGEST].rstrip()}…"
    return News(name, f"withdrawn, because “{reason}”" if reason else "withdrawn")


def marked(name: str, standing: str, resting: Sequence[Resting]) -> News:
    """Of a mark on a source, with the statements that rested on it then."""
    lead, rest = f"The source “{name}”", f"was marked as {standing}"
    if standing == Standing.CURRENT:
        return News(lead, f"{rest} again", " ")
    alone = [one for one in resting if one.alone]
    beside = [one for one in resting if one.beside]
    parts = []
    if number := sum(one.alone for one in alone):
        parts.append(f"{_number(number, 'statement')} on {_named(alone)} {_rest(number)} alone")
    if number := sum(one.beside for one in beside):
        told = f"{number} more" if alone else _number(number, "statement")
        on = "" if _named(alone) == _named(beside) else f" on {_named(beside)}"
        parts.append(f"{told}{on} {_rest(number)} beside others")
    return News(lead, f"{rest}: {'; '.join(parts) or 'no public statement rests on it'}", " ")


def _rest(number: int) -> str:
    return f"rest{'s' if number == 1 else ''} on it"


def _statements(before: Body, after: Body) -> Iterator[str]:
    """What became of the sentences; the first part names them, the others only count."""
    old, new = _keyed(before), _keyed(after)
    came = [key for key in new if key not in old]
    gone = {key for key in old if key not in new}
    by_id = {claim["id"]: key for key, saying in old.items() for claim in saying.claims}
    added: list[Saying] = []
    reworded: list[_Pair] = []
    changed: list[_Pair] = []
    for key in came:
        was = next((w for c in new[key].claims if (w := by_id.get(c["id"])) in gone), None)
        if was is None:
            added.append(new[key])
            continue
        gone.discard(was)
        (changed if was[0] == key[0] else reworded).append((old[was], new[key]))
    for key in old.keys() & new.keys():
        if _all(old[key], "text") != _all(new[key], "text"):
            reworded.append((old[key], new[key]))
        elif _aspects(old[key], new[key]):
            changed.append((old[key], new[key]))
    found = []
    if added:
        found.append((len(added), f"added {_on(after, added)}"))
    meant = [pair for pair in reworded if _says_else(*pair)]
    if len(reworded) > len(meant):
        found.append((len(reworded) - len(meant), "reworded"))
    if meant:
        found.append((len(meant), f"reworded and changed in {_in_what(meant, _says_else)}"))
    if changed:
        found.append((len(changed), f"changed in {_in_what(changed, _aspects)}"))
    if gone:
        lost = [old[key] for key in old if key in gone]
        found.append((len(lost), f"taken out {_on(before, lost)}"))
    for place, (number, what) in enumerate(found):
        yield f"{number if place else _number(number, 'statement')} {what}"


_Key = tuple[str, str]
_Pair = tuple[Saying, Saying]
"""A sentence as it was and as it is."""


def _keyed(body: Body) -> dict[_Key, Saying]:
    """What a version says, by words and certainty, whatever topic it stands under."""
    found: dict[_Key, list[Claim]] = {}
    for claim in body["claims"]:
        found.setdefault((Saying((claim,)).words, claim["certainty"]), []).append(claim)
    return {key: Saying(tuple(claims)) for key, claims in found.items()}


_ASPECTS: Mapping[str, str] = {
    "certainty": "certainty",
    "topic": "topic",
    "values": "values",
    "evidence": "passages",
    "weighing": "why it stands",
}
"""By part of a claim, what a sentence changes in that keeps its words."""


_CERTAINTY: Mapping[str, str] = {
    Certainty.STATED: "stated",
    Certainty.HEDGED: "not sure",
    Certainty.NEGATED: "denied",
    Certainty.INTENDED: "an aim",
}
"""How sure a statement is, beside what it was."""


def _aspects(old: Saying, new: Saying) -> set[str]:
    return {label for key, label in _ASPECTS.items() if _all(old, key) != _all(new, key)}


def _says_else(old: Saying, new: Saying) -> set[str]:
    """What a sentence with other words says otherwise; that it has other passages is no wonder, but
    that one disputes it is.
    """
    told = _aspects(old, new) & {_ASPECTS["certainty"], _ASPECTS["values"]}
    return told | ({_ASPECTS["evidence"]} if old.is_disputed != new.is_disputed else set())


def _in_what(pairs: Sequence[_Pair], of: Callable[[Saying, Saying], set[str]]) -> str:
    """The aspects in which sentences changed; of one alone what it was and is."""
    in_each = [of(*pair) for pair in pairs]
    told = _list([label for label in _ASPECTS.values() if any(label in one for one in in_each)])
    return told + (_was_and_is(*pairs[0]) if len(pairs) == 1 else "")


def _was_and_is(old: Saying, new: Saying) -> str:
    """How sure one statement is now and was, or its one value that differs, where that is short."""
    if len(old.claims) > 1 or len(new.claims) > 1:
        return ""
    (was,), (now,) = old.claims, new.claims
    if was["certainty"] != now["certainty"]:
        sure = [_CERTAINTY.get(claim["certainty"], claim["certainty"]) for claim in (now, was)]
        return f" (now {sure[0]}; was {sure[1]})"
    differ = [v for v in VALUES if was["values"][v.name] != now["values"][v.name]]
    if len(differ) != 1 or differ[0].form == Form.RECORD:
        return ""
    (value,) = differ
    if value.form == Form.MARK:
        is_marked = now["values"][value.name]
        return f" ({'now' if is_marked else 'no longer'} marked as {value.label})"
    said = [value.in_words(claim["values"][value.name]) or "not said" for claim in (now, was)]
    told = f" ({value.label} now {said[0]}; was {said[1]})"
    return told if len(told) <= _SHORT else ""


def _all(saying: Saying, key: str) -> list[str]:
    """What its claims say under a key, the ids of passages left out: they are no one's words."""
    found = [
        [{**item, "id": ""} for item in claim[key]] if key == "evidence" else claim[key]
        for claim in saying.claims
    ]
    return sorted(set(map(str, found)))


def _on(body: Body, told: Sequence[Saying]) -> str:
    """Where statements stand: of one part, what they name; of several, how many in each."""
    parts = Counter(part_of(body["type"], saying.claims[0]) for saying in told)
    if len(parts) > 1:
        most = [f"{n} {_on_part(key)}" for key, n in parts.most_common(_MOST)]
        rest = len(told) - sum(n for _, n in parts.most_common(_MOST))
        return f"({', '.join([*most, *([f'{rest} on other matters'] if rest else [])])})"
    (key,) = parts
    named = dict.fromkeys(subject_of(claim) for saying in told for claim in saying.claims)
    names = _list([name for name in named if name])
    return f"{_on_part(key)} ({names})" if names else _on_part(key)


def _on_part(key: str) -> str:
    return _ON.get(key, f"on {key.replace('-', ' ')}")


def _by_part(body: Body) -> dict[str, list[Saying]]:
    """The sentences of each part of the page, as readers meet and count them."""
    found: dict[str, list[Claim]] = {}
    for claim in body["claims"]:
        found.setdefault(part_of(body["type"], claim), []).append(claim)
    return {key: sayings(claims) for key, claims in found.items()}


def _sources(before: Body, after: Body) -> Iterator[str]:
    old, new = set(cited_sources(before)), set(cited_sources(after))
    if came := len(new - old):
        yield f"{_number(came, 'source')} added"
    if went := len(old - new):
        yield f"{_number(went, 'source')} no longer cited"


def _absences(before: Body, after: Body) -> Iterator[str]:
    old = {item["topic"]: item for item in before["not_stated"]}
    new = {item["topic"]: item for item in after["not_stated"]}
    if came := _topics(topic for topic in new if topic not in old):
        yield f"noted that its sources do not state {came}"
    if went := _topics(topic for topic in old if topic not in new):
        yield f"no longer noted that its sources do not state {went}"
    if anew := _topics(t for t in new if t in old and new[t] != old[t]):
        yield f"looked again for {anew}"


def _topics(topics: Iterable[str]) -> str:
    return _list([code_in_words(Topic, topic).lower() for topic in topics])


def _fields(changes: Iterable[Change], after: Body) -> Iterator[str]:
    """What is said of the record itself, by the names of its fields."""
    words = words_of(after["type"], {})
    found: dict[str, set[str]] = {}
    for change in changes:
        field = change.path[0]
        if field in ("claims", "not_stated", "name") or words.is_silent(change):
            continue
        label = _FIELDS.get(field) or words.label(field)
        found.setdefault(label, set()).add(change.kind if len(change.path) == 1 else "changed")
    told = [f"{label} {how.pop() if len(how) == 1 else 'changed'}" for label, how in found.items()]
    yield from told[:_MOST]
    if rest := told[_MOST:]:
        yield f"{_number(len(rest), 'other field')} changed"


def _named(resting: Sequence[Resting]) -> str:
    return _list([one.name for one in resting])


def _list(names: Sequence[str]) -> str:
    """``a, b and c``, or ``a, b, c and 4 others``."""
    shown, rest = list(names[:_MOST]), len(names) - _MOST
    if rest > 0:
        shown.append(f"{rest} other{'' if rest == 1 else 's'}")
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
