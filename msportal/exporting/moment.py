"""Which state of the log is exported, and for whom."""

from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.request import Request

from publication import log
from publication.anchors import Anchor
from publication.errors import LogError


class LogChanged(LogError):
    """The database holds another log than when the export began."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One head of the log: rows are those valid there, and their marks are what was known there."""

    log: int
    """Which log it is, of this process."""
    head: Anchor
    origin: str
    """What absolute addresses begin with."""

    @property
    def seq(self) -> int:
        return self.head.seq

    def require_same_log(self) -> None:
        """``LogChanged`` where entry ``seq`` is another one now, as where a base was set back."""
        if log.hash_at(self.seq) != self.head.hash:
            raise LogChanged(f"Entry {self.seq} is no longer the one that this began with.")


class _From(HttpRequest):
    """A request that nobody sent, to a site at an origin."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self.method = "GET"
        self._origin = origin

    def _get_scheme(self) -> str:
        return self._origin.partition("://")[0]

    @property
    def scheme(self) -> str:
        """Whatever a proxy would say."""
        return self._get_scheme()

    def get_host(self) -> str:
        """Whatever names the site is visited under."""
        return self._origin.partition("://")[2]


def request_at(origin: str) -> Request:
    """What a view is asked with, so that addresses in its answer begin with the origin."""
    return Request(_From(origin))
