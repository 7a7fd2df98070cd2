"""The ticket of a form that anybody may send: signed, so that no cookie is needed to know it again.

It says what the form is about, which entry of the log it showed and when it was given out. It is no
secret and nobody's: another site that has its visitors send a form gains nothing by one.
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, dumps, loads
from django.utils.crypto import get_random_string

SALT = "publication.tickets"
LASTS = 24 * 60 * 60
"""Seconds."""


class BadTicket(Exception):
    """It is not one of ours, is about something else, or is too old."""


@dataclass(frozen=True, slots=True)
class Ticket:
    about: str
    seq: int
    """The entry of the log that the form showed."""


def issue(ticket: Ticket) -> str:
    """Another one each time: two who say the same are two."""
    return dumps([ticket.about, ticket.seq, get_random_string(8)], salt=SALT)


def read(text: str) -> Ticket:
    try:
        about, seq, _ = loads(text, salt=SALT, max_age=LASTS)
    except (BadSignature, ValueError) as problem:
        raise BadTicket(str(problem)) from problem
    return Ticket(about, seq)
