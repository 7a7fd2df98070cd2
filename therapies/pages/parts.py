"""The parts of a page that rows alone decide, which this process makes once; the rest of the page,
its frame, is made for each answer.

A row of the read models never changes but for its end, so that what was made of the same rows is
the same, whatever was appended to the log since. A key of a row has the number of the entry that
made it, and the hash of the newest of these entries stands for everything up to it: of another log
(restored, or another database) nothing is found, and nothing of what another program folded.
"""

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from publication.plainly import stood_at
from publication.remembered import Remembered
from therapies.pages.snapshot import Snapshot

Keys = tuple[str, ...]
Made = Mapping[str, SafeString]
"""Parts by their names, as templates have them."""

MOST = settings.PARTS_MB * 500_000
"""Bytes of all parts that are remembered: half of what may be, as are those of the API."""
_remembered: Remembered[Made] = Remembered(most=MOST)
_A_KEY = 80
"""Bytes of a row's key in memory, about."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that some parts are made of: the keys of rows by the role that they have, and what
    else decides.
    """

    names: tuple[str, ...]
    """Of the parts."""
    keys: tuple[tuple[str, Keys], ...]
    also: Hashable = None

    @classmethod
    def of(cls, names: tuple[str, ...], **keys: Iterable[str]) -> "Rows":
        return cls(names, tuple((role, tuple(sorted(of_it))) for role, of_it in keys.items()))

    def and_of(self, *also: Hashable) -> "Rows":
        """The same where this decides too."""
        return replace(self, also=also)

    @property
    def newest(self) -> int:
        """The number of the newest entry that made one of the rows; 0 where there is none."""
        numbers = (int(key.rpartition("@")[2]) for _, keys in self.keys for key in keys)
        return max(numbers, default=0)

    @property
    def size(self) -> int:
        """In bytes, about."""
        return _A_KEY * sum(len(keys) for _, keys in self.keys) + 2 * len(repr(self.also))


@dataclass(slots=True)
class Parts:
    """Those of one page: those that are remembered, and those that its template makes now."""

    where: tuple[Hashable, ...]
    _known: dict[str, SafeString] = field(default_factory=dict)
    _wanted: list[tuple[Hashable, Rows]] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, snapshot: Snapshot, template: str) -> "Parts":
        """``where``: what every part of a page may tell beside its rows."""
        root = request.build_absolute_uri(get_script_prefix())
        return cls((root, template, snapshot.keep))

    def look(self, groups: Sequence[Rows]) -> list[bool]:
        """Of each group, whether its parts are remembered; one query. None is while somebody works
        on the templates.
        """
        if settings.DEBUG:
            return [False for _ in groups]
        stood = stood_at({rows.newest for rows in groups})
        return [self._look(rows, stood.get(rows.newest)) for rows in groups]

    def _look(self, rows: Rows, stood: Hashable) -> bool:
        key = (*self.where, rows, stood)
        found = _remembered.get(key)
        if found is None:
            self._wanted.append((key, rows))
            return False
        self._known |= found
        return True

    def made(self, name: str, make: Callable[[], SafeString]) -> SafeString:
        """The part of this name; what a template asks for and is not remembered is made."""
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]

    def keep(self) -> None:
        """Remember what was made; to be called once the page is there. A template may have had no
        place for all parts.
        """
        for key, rows in self._wanted:
            made = {name: self._known[name] for name in rows.names if name in self._known}
            if len(made) < len(rows.names):
                continue
            _remembered.keep(key, made, rows.size + sum(map(sys.getsizeof, made.values())))


Context = dict[str, Any]
Group = tuple[Rows, Callable[[], Context]]
"""Of what some parts are made, and how."""


def answer(
    request: HttpRequest,
    template: str,
    snapshot: Snapshot,
    frame: Context,
    groups: Sequence[Group],
) -> HttpResponse:
    """The page: around its parts, what ``frame`` has; of each group that is not remembered, what
    its parts are made of.
    """
    parts = Parts.of(request, snapshot, template)
    known = parts.look([rows for rows, _ in groups])
    context = frame | {"page_parts": parts}
    for (_, make), is_known in zip(groups, known, strict=True):
        if not is_known:
            context |= make()
    response = render(request, template, context)
    parts.keep()
    return response
