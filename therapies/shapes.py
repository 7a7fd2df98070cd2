"""The stored contents of therapies and mechanisms in today's shape."""

from publication.shapes import Body, Maybe, Shape
from sources.shapes import PASSAGE
from therapies.values import BLANK

CLAIM: Body = {
    "id": "",
    "topic": "",
    "text": "",
    "certainty": "",
    "values": {**BLANK, "mechanism": Maybe({"id": ""})},
    "weighing": "",
    "evidence": [{"id": "", "direction": "", "source": {"id": ""}, "passage": PASSAGE}],
}

_ONE_OF = Maybe({"id": "", "name": ""})

_SUBJECT: Body = {
    "schema": 1,
    "type": "",
    "id": "",
    "slug": "",
    "name": "",
    "synonyms": [],
    "kind": "",
    "claims": [CLAIM],
    "not_stated": [{"topic": "", "sources": [], "until": ""}],
}

THERAPY = Shape({**_SUBJECT, "brands": [], "member_of": _ONE_OF, "identifiers": {}})
MECHANISM = Shape({**_SUBJECT, "target": "", "effect": "", "acts_in": "", "broader": _ONE_OF})
