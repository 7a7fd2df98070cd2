"""Answers put together of parts that were written before, each byte for byte as it would be anew.

What a process has written of rows that never change it need not write again. A part is kept under
everything that it was made of: the log, the rows by their keys, and whatever else went in. What is
asked of the log is found again in the same way, such as the claims of a version.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from rest_framework.renderers import JSONRenderer

from publication.remembered import Remembered

T = TypeVar("T")

MOST = settings.PARTS_MB * 500_000
"""Bytes of parts that a process keeps: half of what it may, as are those of pages."""
_BESIDE = 1_000
"""Bytes that a key takes, about."""

_kept: Remembered[Any] = Remembered(most=MOST)
_thread = threading.local()


@contextmanager
def not_kept() -> Iterator[None]:
    """What this thread makes meanwhile is let go: who reads everything once would put out of memory
    what many read. What is kept already is given.
    """
    before = getattr(_thread, "lets_go", False)
    _thread.lets_go = True
    try:
        yield
    finally:
        _thread.lets_go = before


def _keep(key: Hashable, value: T, size: int) -> T:
    if getattr(_thread, "lets_go", False):
        return value
    _kept.keep(key, value, size)
    return value


def forget() -> None:
    """As a process that has just started."""
    global _kept
    _kept = Remembered(most=MOST)


class Written(bytes):
    """A JSON text: stands for the value that it says, and goes into an answer as it is."""


class Renderer(JSONRenderer):
    """JSON of an object of which some members, or of a value that, is written already."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if isinstance(data, Written):
            return data
        if isinstance(data, Mapping) and any(isinstance(v, Written) for v in data.values()):
            return b"{%b}" % _members(data)
        text: bytes = super().render(data, accepted_media_type, renderer_context)
        return text


_renderer = Renderer()


def write(value: Any) -> Written:
    """The JSON text of a value, as every answer has it."""
    return Written(b"null" if value is None else _renderer.render(value))


def array(items: Iterable[bytes]) -> Written:
    """The list of what is written already."""
    return Written(b"[%b]" % b",".join(items))


def around(data: Mapping[str, Any], name: str) -> tuple[bytes, bytes]:
    """The JSON text of an object before and after the value of one member."""
    names = list(data)
    place = names.index(name)
    before = _members({key: data[key] for key in names[:place]})
    after = _members({key: data[key] for key in names[place + 1 :]})
    return (
        b"{%b%b:" % (before + b"," if before else b"", write(name)),
        b"%b}" % (b"," + after if after else b""),
    )


def joined(written: bytes, more: Mapping[str, Any]) -> Written:
    """The JSON text of an object that has members, with more of them behind."""
    return Written(b"%b,%b}" % (written[:-1], _members(more)))


def _members(data: Mapping[str, Any]) -> bytes:
    return b",".join(b"%b:%b" % (write(name), write(value)) for name, value in data.items())


def part(key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
    """What is kept under the key, or what ``make`` gives, kept from now on; ``size`` in bytes."""
    found: T | None = _kept.get(key)
    if found is None:
        made = make()
        found = _keep(key, made, size(made) + _BESIDE)
    return found


def parts(
    keys: Sequence[Hashable],
    make: Callable[[list[int]], Iterable[T]],
    size: Callable[[T], int],
) -> list[T]:
    """What is kept under each of the keys; ``make`` gives the rest, by their places."""
    found: list[Any] = [_kept.get(key) for key in keys]
    missing = [place for place, value in enumerate(found) if value is None]
    if missing:
        for place, value in zip(missing, make(missing), strict=True):
            found[place] = _keep(keys[place], value, size(value) + _BESIDE)
    return found
