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
        found = self.site.get("/agents/state/", as_of=as_of).body
        return State(
            log_number=found["seq"],
            log_hash=found["hash"],
            time=found["time"],
            newest=found["head"],
        )

    def record(self, record_type: str, name: str, as_of: str | None = None) -> Read:
        """By slug, former slug, id or name; ``Refused`` says who may have been meant."""
        state = self.state(as_of)
        if ADDRESS.fullmatch(name):
            reply = self._at(record_type, name, state)
            if reply.status != 404:
                return Read(reply.body, reply.status == 410, state)
            if state.log_number < state.newest and "first approved" in reply.body["detail"]:
                raise Refused(reply.body["detail"])
        reply = self._at(record_type, self._called(record_type, name, state), state)
        return Read(reply.body, reply.status == 410, state)

    def _at(self, record_type: str, address: str, state: State) -> Reply:
        path = api(PLURAL[record_type], address)
        return self.site.get(path, allowed=(404, 410), as_of=state.log_number)

    def _called(self, record_type: str, name: str, state: State) -> str:
        """The slug of the one record that is called so."""
        answer = self._search(name, [record_type], MOST_MEANT, state)
        found = answer["kinds"][record_type]["hits"]
        called = [hit for hit in found if folded(hit["title"]) == folded(name)]
        if not (called or answer["instead"] or answer["left_out"] or answer["some"]):
            called = [hit for hit in found if hit["called"]]
        if len(called) == 1:
            return str(called[0]["slug"])
        said = f"No {record_type} is public under the name, address or id “{name}”"
        if called:
            said = f"More than one {record_type} is called “{name}”"
        if state.log_number < state.newest:
            said += f" at entry {state.log_number} of the log"
        meant = ", ".join(f"{hit['title']} ({hit['slug']})" for hit in called or found)
        raise Refused(f"{said}. Did you mean: {meant}?" if meant else f"{said}. Try search.")

    def search(self, words: str, kinds: Sequence[str], limit: int, state: State) -> Body:
        """Hits by kind; of statements, each with its claim."""
        found = self._search(words, kinds, limit, state)
        for hit in found["kinds"].get("statement", {}).get("hits", ()):
            hit["claim"] = self.site.get(api("claims", hit["id"]), as_of=state.log_number).body
        return found

    def _search(self, words: str, kinds: Sequence[str], limit: int, state: State) -> Body:
        return self.site.get(
            "/agents/search/", q=words, kind=list(kinds), limit=limit, as_of=state.log_number
        ).body

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
