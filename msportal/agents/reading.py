"""What agents ask for, as the site answers it to readers; every address that is asked is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msportal.agents.answers import State
from msportal.agents.asking import Refused, Reply, Site, api
from msportal.agents.shaping import PLURAL
from publication.api.records import ADDRESS
from publication.folding import folded
from therapies.values import VALUES

MOST_MEANT = 5
"""Records that may have been meant by a name that nobody has."""
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A record, or its tombstone, at a state of the log."""

    body: Body
    is_withdrawn: bool
    state: State


class Reader:
    """Reads the site. Each answer is of one piece: all of it is asked at one state of the log."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def state(self, as_of: str | None = None) -> State:
        """The state that is asked for; the present one where none is."""
        newest = self.site.get(api()).body["as_of"]
        found = newest
        if as_of is not None:
            found = self.site.get(api("therapies"), as_of=as_of, limit=1).body["as_of"]
        return State(
            log_number=found["seq"],
            log_hash=found["hash"],
            time=found["time"],
            newest=max(found["seq"], newest["seq"]),
        )

    def record(self, record_type: str, name: str, as_of: str | None = None) -> Read:
        """By slug, former slug, id or name; ``Refused`` says who may have been meant."""
        state = self.state(as_of)
        if ADDRESS.fullmatch(name):
            reply = self._at(record_type, name, state)
            if reply.status != 404:
                return _read(reply, state)
            if state.log_number < state.newest and "first approved" in reply.body["detail"]:
                raise Refused(reply.body["detail"])
        return _read(self._at(record_type, self._called(record_type, name, state), state), state)

    def _at(self, record_type: str, address: str, state: State) -> Reply:
        path = api(PLURAL[record_type], address)
        return self.site.get(path, allowed=(404, 410), as_of=state.log_number)

    def _called(self, record_type: str, name: str, state: State) -> str:
        """The slug of the one record that is called so."""
        answer = self._search(name, [record_type], MOST_MEANT, state)
        found = answer["hits"][record_type]
        called = [hit for hit in found if folded(hit["name"]) == folded(name)]
        called = called or [hit for hit in found if _is_called(hit, name)]
        if len(called) == 1:
            return str(called[0]["slug"])
        said = f"No {record_type} is public under the name, address or id “{name}”"
        if called:
            said = f"More than one {record_type} is called “{name}”"
        if state.log_number < state.newest:
            said += f" at entry {state.log_number} of the log"
        meant = ", ".join(f"{hit['name']} ({hit['slug']})" for hit in called or found)
        raise Refused(f"{said}. Did you mean: {meant}?" if meant else f"{said}. Try search.")

    def search(self, words: str, kinds: Sequence[str], limit: int, state: State) -> Body:
        """Hits by kind, with what is said of the question."""
        return self._search(words, kinds, limit, state)

    def _search(self, words: str, kinds: Sequence[str], limit: int, state: State) -> Body:
        at = state.log_number
        answers = {
            kind: self.site.get(api("search"), q=words, type=kind, limit=limit, as_of=at).body
            for kind in kinds
        }
        first = next(iter(answers.values()))
        return first | {"hits": {kind: found["results"] for kind, found in answers.items()}}

    def acting_by(self, slug: str, limit: int, state: State) -> Body:
        """Therapies of which a claim says that they act by a mechanism, or may."""
        return self._list("therapies", state, mechanism=slug, limit=limit)

    def resting_on(self, source_id: str, limit: int, state: State) -> Body:
        """Claims with a passage from a source."""
        return self._list("claims", state, source=source_id, limit=limit)

    def _list(self, tag: str, state: State, **parameters: Any) -> Body:
        return self.site.get(api(tag), as_of=state.log_number, **parameters).body

    def claim(self, claim_id: str, state: State) -> Reply:
        """A claim (200), or what became of it (410)."""
        return self.site.get(api("claims", claim_id), allowed=(410,), as_of=state.log_number)

    def changes(self, since: int, hash_: str | None, limit: int) -> Body:
        """Rows of the log after an entry, oldest first."""
        return self.site.get(api("changes"), since=since, hash=hash_, limit=limit).body


def values_of(claim: Body) -> Body:
    """All typed values of a claim, blank where nothing is stated."""
    return {value.name: claim["values"].get(value.name) or value.blank for value in VALUES}


def _read(reply: Reply, state: State) -> Read:
    is_gone = reply.status == 410
    return Read(reply.body["tombstone"] if is_gone else reply.body, is_gone, state)


def _is_called(hit: Body, name: str) -> bool:
    """Whether it is one of its names, or one that the vocabulary has for it."""
    names = [*hit["also"], *([hit["known_as"]] if hit["known_as"] else [])]
    return folded(name) in map(folded, names)
