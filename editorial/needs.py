"""Of records that others rest on: which nothing can rest on now, and why."""

from collections.abc import Iterable
from itertools import groupby

from editorial.models import record_classes
from editorial.pairs import Blocker, Needed


def lacking(needed: Iterable[Needed]) -> dict[Needed, Blocker]:
    """Asked once a type."""
    classes = record_classes()
    by_type = sorted(needed, key=lambda one: one.record_type)
    found: dict[Needed, Blocker] = {}
    for kind, group in groupby(by_type, key=lambda one: one.record_type):
        found |= classes[kind].lacking(list(group))
    return found
