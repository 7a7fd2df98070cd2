"""What every view of the API does: refuse what is not understood, and answer conditionally."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from publication import plainly, which_log
from publication.anchors import Anchor
from publication.api import fields, parameters, parts
from publication.api.filters import AsOfFilterBackend, AsOfFilterSet
from publication.api.pagination import MAX_LIMIT, LimitOffset
from publication.lasting import lasts

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class OneFormat(BaseContentNegotiation):
    """There is one representation, so whatever ``Accept`` says it is sent (RFC 9110, 12.5.1)."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


class PublicViewSet(GenericViewSet[Any]):
    """Base of all: GET, HEAD and OPTIONS, strict parameters, ``as_of``, ETag, any origin."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = OneFormat
    renderer_classes = [parts.Renderer]
    filter_backends = [AsOfFilterBackend]
    pagination_class: Any = LimitOffset

    tag: ClassVar[str]
    """The group of operations in the OpenAPI document."""
    takes: ClassVar[Mapping[str, Sequence[str]]] = {}
    """By action, the parameters beside those of filters and pages."""
    path_parameters: ClassVar[Sequence[OpenApiParameter]] = ()
    """What the OpenAPI document says of parts of the address that this view alone has."""
    paged: ClassVar[frozenset[str]] = frozenset({"list"})
    of_release: ClassVar[bool] = False
    """Its answers are the program's, whatever the log says; no database is asked."""
    most_rows: int = MAX_LIMIT
    """The longest page of a list that the request may ask for."""
    conflicts: ClassVar[frozenset[str]] = frozenset()
    """Actions that are refused to who followed another log."""
    filterset_class: ClassVar[type[AsOfFilterSet] | None] = None

    seq = 0
    """The head of the log that the answer shows."""

    @cached_property
    def anchor(self) -> Anchor:
        """The head of the log when the request came in."""
        return plainly.head()

    @property
    def newest(self) -> int:
        """Its number."""
        return self.anchor.seq

    @cached_property
    def log(self) -> int:
        """Which log it is, for what is remembered."""
        return which_log.number_of(self.anchor)

    @cached_property
    def origin(self) -> str:
        """What absolute addresses in the answer begin with."""
        return f"{self.request.scheme}://{self.request.get_host()}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An entity tag that comes back is checked before all else: it proves the answer."""
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        if not known or request.method not in ("GET", "HEAD") or not self._is_known(known):
            return super().dispatch(request, *args, **kwargs)
        if "anchor" in vars(self):  # the tag names the head, and no release alone
            lasts(request, self.newest)
        headers = {**self.default_response_headers, "ETag": self.etag}
        return HttpResponseNotModified(headers=headers)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = (request.method or "").lower()
        if method not in self.http_method_names:
            raise MethodNotAllowed(method.upper())
        if method == "options":
            return
        parameters.check(request.query_params, self.accepted(), self.repeated())
        if self.of_release:
            return
        # The head first: an answer must never carry a newer number than what it shows.
        lasts(request._request, self.newest)
        self.seq = parameters.coordinate(request.query_params, self.newest)

    def accepted(self) -> list[str]:
        """The names of the parameters that the present action takes."""
        names = list(self.takes.get(self.action, ()))
        if self.action in self.paged:
            names += self.pagination_class.parameters
        if self.action == "list" and self.filterset_class:
            names += self.filterset_class.base_filters
        return names

    def repeated(self) -> frozenset[str]:
        """Those of them that may be given several times."""
        filters = self.filterset_class if self.action == "list" else None
        return filters.repeated if filters else frozenset()

    @property
    def pinned(self) -> int | None:
        """The head that further pages of a list have to show."""
        return self.seq if parameters.AS_OF in self.takes.get(self.action, ()) else None

    def only(self, written: parts.Written, serializer: type[Any]) -> parts.Written:
        """An object, or a list of them, with the members alone that are asked for."""
        wanted = self.request.query_params.get(fields.FIELDS)
        return written if wanted is None else fields.only(written, fields.read(wanted, serializer))

    def paged_response(self, rows: QuerySet[Any] | Sequence[Any]) -> Response:
        """One page of rows, as the serializer of the action shows them."""
        page = self.paginate_queryset(rows) or []
        written = parts.array(self.written(page))
        return self.get_paginated_response(self.only(written, self.get_serializer_class()))

    def written(self, rows: Sequence[Any]) -> Sequence[parts.Written]:
        """The rows of a page as JSON, of which only those are written that are not kept."""

        def anew(missing: list[int]) -> list[parts.Written]:
            serializer = self.get_serializer()
            shown = self.shown([rows[place] for place in missing])
            return [parts.write(serializer.to_representation(item)) for item in shown]

        return parts.parts(self.keys(rows), anew, size=len)

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        """For each row of a page, all that hangs on what is written of it."""
        raise NotImplementedError

    def shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What the serializer is given for some rows."""
        raise NotImplementedError

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {
            **super().default_response_headers,
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "ETag, Location",
            "Cache-Control": "no-cache",
            "X-Robots-Tag": "noindex",
        }

    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        return Response(status=204, headers=PREFLIGHT)

    @cached_property
    def etag(self) -> str:
        """Names all that the answer hangs on: address, log up to its head, and release."""
        return self.tag_of(str(self.newest), self.anchor.hash)

    def tag_of(self, shown: str, exactly: str) -> str:
        """A tag that begins with ``shown`` and names the request's address beside ``exactly``."""
        address = f"{self.origin}{self.request.get_full_path()}"
        whole = f"{spectacular_settings.VERSION} {address} {exactly}"
        return f'"{shown}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"'

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        final = super().finalize_response(request, response, *args, **kwargs)
        if final.status_code != 200:
            return final
        if request.META.get("HTTP_IF_NONE_MATCH", "").strip() == "*":
            final = super().finalize_response(request, Response(status=304), *args, **kwargs)
        final["ETag"] = self.etag
        return final

    def _is_known(self, known: str) -> bool:
        """Weak comparison with ``If-None-Match`` (RFC 9110, 13.1.2)."""
        return self.etag in {item.removeprefix("W/") for item in parse_etags(known)}
