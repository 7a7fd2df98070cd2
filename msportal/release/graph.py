"""All records of a release as one JSON-LD document: a node a line, with one context for all."""

import json
from collections.abc import Iterator

from msportal.exporting.moment import Moment
from msportal.exporting.records import RECORDS, listed
from publication.api import linked_data, parts
from publication.shapes import stated
from sources.api.views import SourceViewSet
from therapies.api.claims import Reading
from therapies.api.linked_data import TERMS, of_row
from therapies.api.views import MechanismViewSet, TherapyViewSet

NAME = "records.jsonld"
_VIEWS = (TherapyViewSet, MechanismViewSet, SourceViewSet)


def lines(moment: Moment) -> Iterator[bytes]:
    """The document, a line at a time: a first one with the context, one for each record in the
    order of types and ids, and a last one. What each says is what ``application/ld+json`` of its
    address says.
    """
    context = linked_data.context(moment.origin, TERMS)
    yield b'{"@context":%b,"@graph":[\n' % _text(context)
    comma = b""
    for node in _nodes(moment):
        yield comma + node + b"\n"
        comma = b","
    yield b"]}\n"
    moment.require_same_log()


def count(moment: Moment) -> int:
    """How many lines there are."""
    return 2 + sum(listed(view, moment).count() for view in _VIEWS)


def _nodes(moment: Moment) -> Iterator[bytes]:
    reading = Reading(moment.log, moment.seq, moment.seq, moment.origin)
    for view in _VIEWS:
        every, last = listed(view, moment).order_by("public_id"), ""
        while rows := list(every.filter(public_id__gt=last)[:RECORDS]):
            for row in rows:
                with parts.not_kept():
                    data = of_row(row, reading)
                yield _text({name: data[name] for name in data if name != "@context"})
            last = rows[-1].public_id


def _text(data: linked_data.Data) -> bytes:
    return json.dumps(stated(data), ensure_ascii=False, separators=(",", ":")).encode()
