"""What an editor decides of many things on one page: one after the other, each whole or not at all,
and nothing lost that was typed for the others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import Error, IntegrityError
from django.http import QueryDict

from editorial import typed
from editorial.errors import EditorialError
from publication.outage import CommitUnknown, is_outage, reason

__all__ = ["CHECK", "Asked", "Decided", "NotFilledIn", "decide"]

CHECK = "check"
"""Look through all that is filled in, and write nothing."""

AT_ONCE = "Somebody wrote the same at the same moment. Nothing was written: send it again."

T = TypeVar("T")


class NotFilledIn(EditorialError):
    """The form of one of them has something that has to be looked at first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a press of a button asks for: ``accept:12`` of one, ``accept`` of those ticked."""

    action: str
    keys: tuple[int, ...]
    ticked: tuple[int, ...]
    shown: tuple[int, ...]
    """All that were on the page."""
    is_of_one: bool

    @classmethod
    def of(cls, posted: QueryDict, letter: str, *, pressed: bool) -> "Asked":
        """``letter``: with which the fields of this list begin; ``pressed``: whether the button is
        one of its own.
        """
        do = posted.get("do", "") if pressed else ""
        action, of_one, key = do.partition(":")
        ticked = _keys(posted.getlist(f"{letter}-ticked"))
        shown = _keys(posted.getlist(f"{letter}-shown"))
        several = shown if action == CHECK else ticked if pressed else ()
        return cls(action, _keys([key]) if of_one else several, ticked, shown, bool(of_one))


def _keys(posted: Iterable[str]) -> tuple[int, ...]:
    keys = (typed.key(text) for text in posted)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


@dataclass(slots=True)
class Decided(Generic[T]):
    """What became of each."""

    done: dict[int, T] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def decide(keys: Sequence[int], rows: Mapping[int, Any], do: Callable[[Any], T]) -> Decided[T]:
    """Do it to each row, in this order; what is refused leaves the others as they are.

    When the database goes away, what was done before it stays so, and the rest is not tried.
    """
    decided: Decided[T] = Decided()
    for key in keys:
        if key not in rows:
            continue
        try:
            decided.done[key] = do(rows[key])
        except EditorialError as problem:
            decided.refused[key] = str(problem)
        except IntegrityError:
            decided.refused[key] = AT_ONCE
        except Error as problem:
            if not is_outage(problem):
                raise
            sure = "may have been" if isinstance(problem, CommitUnknown) else "was not"
            decided.refused[key] = f"It {sure} written, nor what follows it: {reason(problem)}."
            break
    return decided
