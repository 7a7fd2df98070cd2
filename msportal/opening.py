"""What could not be asked of the database at the start is asked at the first answer after."""

import logging
from collections.abc import Callable
from functools import cache

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from msportal import errors, guard

logger = logging.getLogger(__name__)


class AskTheDatabaseFirst:
    """A middleware; none where the site was found sound when it started.

    Until the database answers, every answer says that it does not, but for those that need none. If
    the guard then refuses, the site stays shut until it is started again, and the log says why.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not guard.unasked:
            raise MiddlewareNotUsed
        self.answer = answer
        self.open = self.shut = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in _of_the_release():
            return self.answer(request)
        if not (self.open or self.shut):
            self._ask()
        return errors.shut(request) if self.shut else self.answer(request)

    def _ask(self) -> None:
        """Threads may ask beside each other, and are told the same."""
        try:
            guard.hold_of_the_database()
            self.open = True
        except guard.Refused as refusal:
            self.shut = True
            for sentence in str(refusal).splitlines():
                logger.error("%s Then start the site again.", sentence)


@cache
def _of_the_release() -> frozenset[str]:
    """That the process answers, and what the API is like: neither is a matter of the database."""
    return frozenset(map(reverse, ("healthz", "api:schema", "api:docs", "api:try")))
