"""What is true of every answer below the API's address, refusals and redirects included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from publication.api.headers import ALWAYS, ASK_FIRST, is_for_programs
from publication.api.problems import not_allowed


class OpenToPrograms:
    """A middleware, before all that may refuse. Scripts of any site may read what is answered; what
    does not say how long it is true is asked for again.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_programs(request.path_info):
            return self.answer(request)
        # “get” is another method than “GET” (RFC 9110, 9.1), which Django does not tell apart.
        known = request.META["REQUEST_METHOD"] == request.method
        response = self.answer(request) if known else not_allowed()
        for name, value in ALWAYS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", ASK_FIRST)
        return response
