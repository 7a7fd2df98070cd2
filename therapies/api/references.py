"""How answers on several records at once name each, with what a reader has to be told of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from publication.api.base import PublicViewSet
from publication.api.marks import SUPERSEDED, in_order
from publication.api.named import Named, State, answer, page, states
from publication.api.serializers import ReferenceSerializer
from publication.published import PublishedRecord
from sources.published import PublishedSource
from therapies.published import PublishedMechanism, PublishedTherapy

TABLES: Mapping[str, type[PublishedRecord]] = {
    table.record_type: table for table in (PublishedTherapy, PublishedMechanism, PublishedSource)
}


class Marked:
    """What has to be told of records today, read once for each type."""

    def __init__(self, view: PublicViewSet, ids: Mapping[str, Iterable[str]]) -> None:
        """``ids``: by type, the public ids of all records that the answer speaks of."""
        self._states: dict[str, Mapping[str, State]] = {
            of: states(TABLES[of], set(some), view.seq, view.newest) for of, some in ids.items()
        }

    def record(self, of: str, public_id: str) -> list[str]:
        """The marks of a record; none where it is not public."""
        _, *marks = self._states[of].get(public_id, ("",))
        return marks

    def statement(
        self, of: str, public_id: str, sources: Iterable[str], mechanisms: Iterable[str] = ()
    ) -> list[str]:
        """The marks of claims of a record whose passages are of these sources."""
        found = [f"source-{mark}" for one in sources for mark in self.record("source", one)]
        found += [
            f"mechanism-{mark}" for one in mechanisms for mark in self.record("mechanism", one)
        ]
        theirs = [mark for mark in found if not mark.endswith(f"-{SUPERSEDED}")]
        return [*self.record(of, public_id), *in_order(TABLES[of], theirs)]


def reference(view: PublicViewSet, row: PublishedRecord, told: list[str]) -> dict[str, Any]:
    """A record by its row."""
    return dict(ReferenceSerializer(Named.of(row, told, view.origin)).data)


def addresses(view: PublicViewSet, plural: str, slug: str, public_id: str) -> dict[str, str]:
    """Where people and programs find a record."""
    return {
        "url": page(view.origin, plural, slug),
        "api_url": answer(view.origin, plural, public_id),
    }


def claim_addresses(view: PublicViewSet, claim_id: str) -> dict[str, str]:
    """The same of a claim."""
    return addresses(view, "claims", claim_id, claim_id)
