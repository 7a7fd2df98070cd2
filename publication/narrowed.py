"""What every list of records is narrowed by, and kinds of values that several lists have."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publication import log
from publication.coordinates import BadCoordinate, LiesAhead, parse_as_of
from publication.due import newest_overdue
from publication.narrowing import LONGEST, Keys, NotUnderstood, Pair, Sought, Values
from publication.published import PublishedAddress, PublishedRecord

MOST_IDS = 100
"""Public ids in one parameter."""
PUBLIC_ID = r"[a-z0-9]{1,12}"
_PUBLIC_ID = re.compile(PUBLIC_ID, re.ASCII)


class AsGiven(Values):
    """Values that are named as they stand in an address."""

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        return {key: (key, key) for key in forms}


class Exact(AsGiven):
    """A code, of which capitals alone do not count."""

    def key(self, held: str) -> str:
        return held.lower()

    def read(self, text: str) -> Keys:
        if len(text) > LONGEST:
            raise NotUnderstood(f"Give at most {LONGEST} characters.")
        return super().read(text.strip())


class Flag(AsGiven):
    """Yes or no."""

    schema: Mapping[str, Any] = {"type": "string", "enum": ["true", "false"]}

    def in_words(self, text: str) -> str:
        return "yes" if text == "true" else "no"

    def read(self, text: str) -> Keys:
        if text not in ("true", "false"):
            raise NotUnderstood("Say true or false.")
        return frozenset({text})


class Moments(AsGiven):
    """An entry of the log, as ``as_of`` names it; its key is the number."""

    schema: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": 40}

    def read(self, text: str) -> Keys:
        try:
            return frozenset({str(parse_as_of(text))})
        except LiesAhead as problem:
            raise NotUnderstood(f"{problem.title}. {problem.lead}") from problem
        except BadCoordinate as problem:
            raise NotUnderstood(
                "Give a number of the log such as 12, a day that is over such as 2026-01-31, or an "
                "instant such as 2026-01-31T12:00:00Z."
            ) from problem


class Overdue(Flag):
    """Yes or no; its key has the newest entry of which what it approved is overdue today."""

    def read(self, text: str) -> Keys:
        (said,) = super().read(text)
        return frozenset({f"{said} {log.seq_at(newest_overdue())}"})

    @staticmethod
    def meant(keys: Iterable[str]) -> tuple[bool, int]:
        """Whether it is to be overdue, and that entry."""
        (key,) = keys
        said, seq = key.split(" ")
        return said == "true", int(seq)


class Ids(AsGiven):
    """Public ids with commas between them; one that nothing public ever had is refused."""

    schema: Mapping[str, Any] = {
        "type": "string",
        "pattern": f"^{PUBLIC_ID}(,{PUBLIC_ID}){{0,{MOST_IDS - 1}}}$",
    }

    @property
    def what(self) -> str:
        """What has them, in the middle of a sentence."""
        raise NotImplementedError

    def read(self, text: str) -> Keys:
        ids = frozenset(one.strip() for one in text.split(","))
        if len(ids) > MOST_IDS:
            raise NotUnderstood(f"Give at most {MOST_IDS} ids.")
        if "" in ids:
            raise NotUnderstood("Give ids with one comma between them.")
        written = [one for one in ids if _PUBLIC_ID.fullmatch(one)]
        if unknown := sorted(ids.difference(self.known(written))):
            raise NotUnderstood(f"No {self.what} has this id: {', '.join(unknown)[:LONGEST]}.")
        return ids

    def known(self, ids: Iterable[str]) -> Iterable[str]:
        """Those of them that something public has or had."""
        raise NotImplementedError


@dataclass(frozen=True)
class _IdsOf(Ids):
    """Those of one type of record."""

    table: type[PublishedRecord]

    @property
    def what(self) -> str:
        return self.table.record_type

    def known(self, ids: Iterable[str]) -> Iterable[str]:
        rows = PublishedAddress.objects.filter(record_type=self.what, public_id__in=list(ids))
        return rows.values_list("public_id", flat=True)


IDS_HELP = (
    f"Those of these ids, with commas between them, at most {MOST_IDS}, in the list's order. An id "
    "that nothing public ever had is refused; what is withdrawn, or was not public yet, is not in "
    "the answer."
)


def of_every_record(table: type[PublishedRecord]) -> tuple[Sought, ...]:
    """By id, and by when the version that is shown was approved."""

    def those(seq: int, keys: Keys) -> Iterator[str]:
        return iter(keys)

    def after(seq: int, keys: Keys) -> Iterable[str]:
        (number,) = keys
        at = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
        return _ids(at.filter(approved_seq__gt=int(number)))

    def until(seq: int, keys: Keys) -> Iterable[str]:
        (number,) = keys
        at = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
        return _ids(at.filter(approved_seq__lte=int(number)))

    def overdue(seq: int, keys: Keys) -> Iterable[str]:
        wanted, newest = Overdue.meant(keys)
        return (until if wanted else after)(seq, frozenset({str(newest)}))

    return (
        Sought("id", "id", IDS_HELP, _IdsOf(table), those, most=1),
        Sought("approved_after", "approved after", APPROVED_AFTER, Moments(), after, most=1),
        Sought("approved_until", "approved until", APPROVED_UNTIL, Moments(), until, most=1),
        Sought("overdue", "overdue", OVERDUE, Overdue(), overdue, most=1, of_the_day=True),
    )


def _ids(rows: Any) -> Iterable[str]:
    found: Iterable[str] = rows.order_by().values_list("public_id", flat=True)
    return found


_MOMENT = "a number of the log, a day that is over, which means its end in UTC, or an instant"
APPROVED_AFTER = f"Of which the version shown was approved after this: {_MOMENT}."
APPROVED_UNTIL = f"Of which the version shown was approved by then: {_MOMENT}."
OVERDUE = (
    "Of which the version shown is overdue for another review today, in UTC; or is not (false). "
    "This site's editors say after how many days one is."
)
