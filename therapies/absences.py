"""What the sources read do not state: an assertion on a topic, of these sources, until this day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.wording import date_in_words

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Absence:
    """One assertion, and the sources of the record that came later."""

    topic: str
    sources: tuple[str, ...]
    """The public ids of those looked in."""
    until: str
    """The day of the last look, ``YYYY-MM-DD``."""
    newer: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        said = f"Not stated in the {counted(self.sources)} read until {date_in_words(self.until)}"
        later = f"; {len(self.newer)} newer not yet looked at" if self.newer else ""
        return f"{said}{later}."


def counted(sources: Sequence[str]) -> str:
    return f"{len(sources)} source{'' if len(sources) == 1 else 's'}"


def absences(stored: Iterable[Body], cited: Iterable[str]) -> dict[str, Absence]:
    """By topic, the assertions of a content whose claims rest on the sources ``cited``."""
    known = list(dict.fromkeys(cited))
    return {
        item["topic"]: Absence(
            topic=item["topic"],
            sources=tuple(item["sources"]),
            until=item["until"],
            newer=tuple(source for source in known if source not in item["sources"]),
        )
        for item in stored
    }


def looked_for(
    before: Sequence[Body],
    topics: Iterable[str],
    *,
    again: Collection[str] = (),
    sources: Sequence[str],
    today: str,
) -> list[dict[str, Any]]:
    """The assertions on these topics; new ones, and those looked for again, are of the sources and
    the day given, the others stay what they were.
    """
    kept = {item["topic"]: dict(item) for item in before if item["topic"] not in again}
    new = {"sources": sorted(sources), "until": today}
    return [kept.get(topic) or {"topic": topic, **new} for topic in topics]


def cited_sources(body: Body) -> list[str]:
    """The public ids of the sources that the claims of a content rest on, each once."""
    items = (item for claim in body.get("claims", []) for item in claim["evidence"])
    return list(dict.fromkeys(item["source"]["id"] for item in items))
