"""An answer that is a function of its address and the log's head alone says so.

Who stands before the site and keeps answers puts a callable under ``ASKED`` into what the request
was made of (its WSGI environment). A view whose answer lasts until the head moves, or the day in
UTC, calls it with the number of the head that it read before anything else. What does not call it
is never kept; the test client and other servers put nothing there.
"""

from django.http import HttpRequest

ASKED = "answer.lasts"
EVER = 2**63
"""In the place of a head: the answer is this release's, whatever the log says, and asked no
database.
"""


def lasts(request: HttpRequest, head: int) -> None:
    """Say that the answer to this request is a function of its address, the day and ``head``."""
    if told := request.META.get(ASKED):
        told(head)
