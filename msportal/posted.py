"""A form as it was sent, to be given back where it could not be taken."""

import re
from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

_CODES = re.compile(
    r"_FORMS$|-id$|^_|__prefix__|-position$"
    r"|^(?:action|digest(?:-\w+)?|seen(?:-[\w:]+)?|seen_revision|ticket|pair|verdict(?:-\w+)?)$"
    r"|^(?:sheet|person|had-\w+|rest|reply|row|reviewer|confirmed|packed|sha256|shown|keep)$"
    r"|-(?:claim|source|therapy|mechanism)$|^index$|^select_across$|is_another$|seen_fields$"
)
"""Names of fields that a page itself fills in."""

UNREADABLE = (
    *(SuspiciousOperation, BadRequest, MultiPartParserError),
    *(UnreadablePostError, RawPostDataException),
)


@dataclass(frozen=True, slots=True)
class Posted:
    fields: tuple[tuple[str, str], ...] = ()
    """Everything but passwords, which no page gives back."""
    whole: bool = True
    """Whether that is all, so that a page can send it again."""
    files: bool = False

    @property
    def typed(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.fields if is_typed(name, value)]


def posted(request: HttpRequest) -> Posted:
    try:
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in values
        )
        whole = not any("password" in name for name in request.POST)
        return Posted(fields, whole, bool(request.FILES))
    except UNREADABLE:
        return Posted(whole=False)


def is_typed(name: str, value: str) -> bool:
    """Whether a field that was sent holds words of a person, not a code or the number of a row."""
    return bool(value.strip()) and not _CODES.search(name)
