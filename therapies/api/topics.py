"""What is known on each topic that every record of a type is asked about."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from publication.api.named import Named
from therapies.absences import absences, cited_sources
from therapies.choices import FIXED_TOPICS


def topics_of(
    record_type: str, body: Mapping[str, Any], sources: Mapping[str, Named]
) -> list[dict[str, Any]]:
    """All of them, in their order: whether there are claims, an assertion that nothing is stated,
    or neither. ``sources`` has those that assertions name, by id.
    """
    told = Counter(claim["topic"] for claim in body["claims"])
    absent = absences(body["not_stated"], cited_sources(body))
    found = []
    for topic in FIXED_TOPICS[record_type]:
        absence = absent.get(topic)
        found.append(
            {
                "topic": topic,
                "stated": True if told[topic] else (False if absence else None),
                "claims": told[topic],
                "sources": _named(sources, absence.sources) if absence else [],
                "until": absence.until if absence else None,
                "newer": _named(sources, absence.newer) if absence else [],
            }
        )
    return found


def _named(sources: Mapping[str, Named], ids: tuple[str, ...]) -> list[Named]:
    return [sources[public_id] for public_id in ids if public_id in sources]
