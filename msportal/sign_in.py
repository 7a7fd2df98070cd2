"""The door of the workroom: who guesses passwords has to wait, and keeps nobody else out.

django-axes counts. Kept of a try are the name, the address, how often and when: neither what was
sent nor what a browser says of itself. Who may come in is the same question for every account, so
that no answer tells which names are accounts.
"""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from logging import getLogger
from math import ceil
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import now

from msportal import carrying
from publication.visitors import address, counted

WEIGHTS = (1, 10, 10)
"""How many times the limit each of ``AXES_LOCKOUT_PARAMETERS`` is given: both together, the name
alone, the address alone. Of the latter two, the first would keep a person out and the second an
office, so they stop those alone who guess with many addresses or names.
"""
LONGEST_NAME = 255
"""What the table of tries has room for."""

log = getLogger(__name__)


class Throttle(AxesStandaloneBackend):  # type: ignore[misc]
    """Asked first: while the name or the address has to wait, nobody looks at the password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> None:
        if request is not None:  # else no visitor asks, but code
            super().authenticate(request, username=username, password=password, **more)


class StaffBackend(ModelBackend):
    """An account that is inactive or not of the staff is refused as a wrong password is."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user and user.is_active and user.is_staff)


class Tries(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failures, one row for each name and address."""

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: Any = None,
        **kwargs: Any,
    ) -> None:
        if request is None:
            return
        request.axes_credentials = credentials
        if request.axes_locked_out:
            return  # the password was not looked at, and the wait is not longer for it
        self.clean_expired_user_attempts(request)
        with transaction.atomic():
            row, created = AccessAttempt.objects.select_for_update().get_or_create(
                username=name_tried(request, credentials),
                ip_address=request.axes_ip_address,
                user_agent="",
                defaults={"failures_since_start": 1, "attempt_time": request.axes_attempt_time},
            )
            if not created:
                row.failures_since_start = F("failures_since_start") + 1
                row.attempt_time = request.axes_attempt_time
                row.save(update_fields=["failures_since_start", "attempt_time"])
        if self.is_locked(request, credentials):
            request.axes_locked_out = True
            log.warning("Too many failed sign-ins, the last from %s", request.axes_ip_address)

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The most failures that count in one of the ways, each by its weight."""
        found = self.get_user_attempts(request, credentials)
        return max(
            (rows.aggregate(total=Sum("failures_since_start"))["total"] or 0) // weight
            for rows, weight in zip(found, WEIGHTS, strict=True)
        )

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Who comes in clears what failed under the own name from there, and nothing else."""
        name = name_tried(request, credentials)
        return self.reset_attempts(username=name, ip_address=address(request))

    def reset_attempts(
        self,
        *,
        ip_address: str | None = None,
        username: str | None = None,
        ip_or_username: bool = False,
    ) -> int:
        count: int = super().reset_attempts(
            ip_address=ip_address and counted(ip_address),
            username=username and _folded(username),
            ip_or_username=ip_or_username,
        )
        return count


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which a try counts; names that differ in case alone count together."""
    return _folded(str((credentials or {}).get("username") or ""))


def _folded(name: str) -> str:
    text = name.encode("utf-8", "replace").decode().replace("\0", "")
    return unicodedata.normalize("NFKC", text[:LONGEST_NAME]).casefold()[:LONGEST_NAME]


def client_in_words(
    username: str, ip_address: str, user_agent: str, path_info: str, request: HttpRequest
) -> str:
    """What the server's log says of a visitor: no name, as people type passwords there."""
    return f"address {ip_address}"


def have_to_wait(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The answer while the name or the address has to wait; the same for whatever name."""
    seconds = _seconds_to_wait(request, credentials)
    context = {
        **admin.site.each_context(request),
        "title": "Too many tries",
        "subtitle": None,
        "minutes": ceil(seconds / 60),
        "carried": {"name": carrying.NAME, "value": request.POST.get(carrying.NAME, "")},
    }
    answer = render(request, "admin/too_many_tries.html", context, status=429)
    answer.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    return answer


def _seconds_to_wait(request: Any, credentials: dict[str, Any] | None) -> int:
    """Until so many failures are past that neither the name nor the address has too many."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    free = present = now()
    ways = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    for rows, weight in zip(ways, WEIGHTS, strict=True):
        failures = list(
            rows.order_by("attempt_time").values_list("failures_since_start", "attempt_time")
        )
        left = sum(number for number, _ in failures)
        for number, at in failures:
            if left < settings.AXES_FAILURE_LIMIT * weight:
                break
            left -= number
            free = max(free, at + cool_off)
    return max(1, ceil((free - present).total_seconds()))
