"""Which of the site's two parts an address is in: the reading room, or the workroom."""

from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse


def in_the_workroom(request: HttpRequest) -> bool:
    """Whether its address is one of the admin's."""
    return request.path.startswith(_workroom(get_script_prefix()))


@lru_cache
def _workroom(prefix: str) -> str:
    """What its addresses begin with, where those of the site begin with ``prefix``."""
    return reverse("admin:index")
