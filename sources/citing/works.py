"""A work as an item, with what became of it."""

from typing import Protocol

from sources.choices import Standing
from sources.citing.items import SITE, Body, Item, of_work
from sources.wording import capital


class Became(Protocol):
    """The public row of a source, as far as it tells what became of the work and of its record."""

    @property
    def standing(self) -> str: ...

    @property
    def withdrawn(self) -> bool: ...


def work(body: Body, became: Became) -> Item:
    """The work of a source's content in today's shape."""
    notes = [] if became.standing == Standing.CURRENT else [capital(became.standing)]
    notes += [f"Withdrawn from {SITE}"] if became.withdrawn else []
    return of_work(body, note="; ".join(notes))


def file_name(slug: str, version: int) -> str:
    """Of a file that cites one version, without its ending."""
    return f"{slug}-v{version}"
