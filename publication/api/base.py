"""What every view of the API does: refuse what is not understood, and answer conditionally."""

import hashlib
import time
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, MethodNotAllowed, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from publication import log, plainly, which_log
from publication.anchors import Anchor
from publication.api import fields, links, modified, named, parameters, parts, terms
from publication.api.filters import AsOfFilterBackend, AsOfFilterSet
from publication.api.headers import ASK_FIRST, PREFLIGHT
from publication.api.negotiation import FORMAT, JSON, USUAL, Format, chosen
from publication.api.pagination import MAX_LIMIT, LimitOffset
from publication.api.problems import GoneSerializer
from publication.lasting import EVER, lasts

STATE = "as_of"
"""The member that says which state an answer shows."""


@lru_cache(maxsize=1_000)
def _of_itself(origin: str, state: Anchor) -> dict[str, parts.Written]:
    """Written once for all answers that show the same."""
    told = {STATE: named.state(state), "meta": terms.told(origin, state)}
    return {name: parts.write(value) for name, value in told.items()}


class OneFormat(BaseContentNegotiation):
    """REST framework has one renderer, which writes problems too; what ``Accept`` says is a matter
    of ``negotiation``.
    """

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
    """Base of all: GET, HEAD and OPTIONS, strict parameters, ``as_of``, ETag, links."""

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
    offers: ClassVar[Mapping[str, Sequence[Format]]] = {}
    """By action, the representations that there are, where JSON is not the only one; the first is
    for who does not care.
    """
    paged: ClassVar[frozenset[str]] = frozenset({"list"})
    of_its_own: ClassVar[frozenset[str]] = frozenset()
    """Actions whose answers stay while the log grows, but for marks."""
    most_rows: int = MAX_LIMIT
    """The longest page of a list that the request may ask for."""
    conflicts: ClassVar[frozenset[str]] = frozenset()
    """Actions that are refused to who followed another log."""
    filterset_class: ClassVar[type[AsOfFilterSet] | None] = None
    tombstone: ClassVar[type[Any]] = GoneSerializer
    """What a 410 of it is."""

    of_the_log: ClassVar[bool] = True
    """Whether answers hang on nothing but the log, the day and this release. Else they are not
    kept, and have no date.
    """
    of_the_release: ClassVar[bool] = False
    """Whether answers are this release's, whatever the log says: they ask no database."""
    lasting: ClassVar[Mapping[str, str]] = {}
    """By action, what ``Cache-Control`` says where it is not to ask first."""

    seq = 0
    """The head of the log that the answer shows."""
    page = ""
    """The absolute address of the same for people; empty where there is none."""

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

    @property
    def formats(self) -> Sequence[Format]:
        """The representations of what is asked for."""
        return self.offers.get(self._asked_action, USUAL)

    @property
    def _asked_action(self) -> str:
        """What a request that reads asks for, before it is known too."""
        return getattr(self, "action", None) or self.action_map["get"]

    @cached_property
    def representation(self) -> Format:
        """The one that is asked for; refuses what is not here."""
        accept, named = self.request.META.get("HTTP_ACCEPT", ""), None
        if len(self.formats) > 1:
            named = self.request.GET.get(FORMAT)
        return chosen(accept, named, self.formats)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An entity tag that comes back is checked before all else: it proves the answer."""
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        if not known or request.method not in ("GET", "HEAD") or not self._is_known(known):
            return super().dispatch(request, *args, **kwargs)
        if "anchor" in vars(self) and self.of_the_log:  # the tag names the head
            lasts(request, self.newest)
        more = {"Vary": "Accept", "Cache-Control": self.caching(self._asked_action)}
        headers = {**self.default_response_headers, "ETag": self.etag, **more}
        return HttpResponseNotModified(headers=headers)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = (request.method or "").lower()
        if method not in self.http_method_names:
            raise MethodNotAllowed(method.upper())
        if method == "options":
            return
        parameters.check(request.query_params, self.accepted(), self.repeated())
        self.negotiate()
        if self.of_the_release:
            return lasts(request._request, EVER)
        # The head first: an answer must never carry a newer number than what it shows.
        if self.of_the_log:
            lasts(request._request, self.newest)
        self.seq = parameters.coordinate(request.query_params, self.newest)

    def negotiate(self) -> None:
        """Refuse who takes nothing that is here, or members of what has none, before it is looked
        for.
        """
        if self.representation != JSON and fields.FIELDS in self.request.GET:
            raise ValidationError({fields.FIELDS: "Only JSON has members: leave it out."})

    def accepted(self) -> list[str]:
        """The names of the parameters that the present action takes."""
        names = list(self.takes.get(self.action, ()))
        if len(self.formats) > 1:
            names.append(FORMAT)
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

    def get_paginated_response(self, data: Any) -> Response:
        """One page with what every answer says of itself."""
        found = super().get_paginated_response(data)
        itself = self.of_itself(self.state)
        found.data = {STATE: itself[STATE], **found.data, "meta": itself["meta"]}
        return found

    def single(self, written: parts.Written, state: Anchor | None = None) -> Response:
        """An answer about one thing with what every answer says of itself; ``state`` is the entry
        whose state it shows, where that is not the one asked for.
        """
        return Response(parts.joined(written, self.of_itself(state or self.state)))

    @cached_property
    def state(self) -> Anchor:
        """The entry up to which the log was read for what the answer shows."""
        if self.seq == self.newest:
            return self.anchor
        return self.entry(self.seq)

    def entry(self, seq: int) -> Anchor:
        """An entry that the log has."""

        def anew() -> Anchor:
            return plainly.anchor_at(seq) or Anchor(0, log.GENESIS)

        return parts.part((self.log, "anchor", seq), anew, size=lambda anchor: 0)

    def of_itself(self, state: Anchor) -> Mapping[str, parts.Written]:
        """What every answer says of itself."""
        return _of_itself(self.origin, state)

    def written(
        self, rows: Sequence[Any], keys: Sequence[Hashable] | None = None
    ) -> Sequence[parts.Written]:
        """The rows of a page as JSON, of which only those are written that are not kept; ``keys``
        are theirs, where they are known.
        """

        def anew(missing: list[int]) -> list[parts.Written]:
            serializer = self.get_serializer()
            shown = self.shown([rows[place] for place in missing])
            return [parts.write(serializer.to_representation(item)) for item in shown]

        return parts.parts(self.keys(rows) if keys is None else keys, anew, size=len)

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        """For each row of a page, all that hangs on what is written of it."""
        raise NotImplementedError

    def shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What the serializer is given for some rows."""
        raise NotImplementedError

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    def then(self, page: str) -> str:
        """The address of a page as of the moment that the request names."""
        moment = self.request.query_params.get(parameters.AS_OF)
        return page if moment is None else f"{page}?{urlencode({parameters.AS_OF: moment})}"

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {
            **super().default_response_headers,
            "Cache-Control": ASK_FIRST,
        }

    def caching(self, action: str) -> str:
        """How long what was answered is true without asking."""
        return self.lasting.get(action, ASK_FIRST)

    def told(self, text: str | bytes, name: str = "") -> HttpResponse:
        """The representation that is asked for; ``name``: of a file, without its ending."""
        wanted = self.representation
        response = HttpResponse(text, content_type=wanted.content_type)
        if wanted.file:
            response["Content-Disposition"] = f'attachment; filename="{name}.{wanted.file}"'
        return response

    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        return Response(status=204, headers=PREFLIGHT)

    @cached_property
    def etag(self) -> str:
        """Names all that the answer hangs on: address, representation, log up to its head, and
        release.
        """
        return self.tag_of(str(self.newest), self.anchor.hash)

    @property
    def tagged_by_content(self) -> bool:
        """Whether something else than the log's head says when the answer is another."""
        past = parameters.AS_OF in self.request.query_params
        return past or self.hangs_on_the_day or self.action in self.of_its_own

    @property
    def hangs_on_the_day(self) -> bool:
        """Whether the answer may be another tomorrow, though the log stands where it stands."""
        filters = self.filterset_class if self.action == "list" else None
        return bool(filters and not filters.of_the_day.isdisjoint(self.request.query_params))

    def tag_of(self, shown: str, exactly: str) -> str:
        """A tag that begins with ``shown`` and names the request's address beside ``exactly``."""
        address = f"{self.origin}{self.request.get_full_path()}"
        if self.representation != self.formats[0]:
            address = f"{address} {self.representation.media_type}"
        whole = f"{settings.API_DOCUMENT} {address} {exactly}"
        return f'"{shown}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"'

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Vary"] = "Accept"
        if final.status_code != 200:
            return final
        asked = request.META.get("HTTP_IF_NONE_MATCH", "")
        since = request.META.get("HTTP_IF_MODIFIED_SINCE", "")
        date = ""
        if self.of_the_log and not self.hangs_on_the_day:
            date = modified.date_of(None if self.of_the_release else self.anchor, time.time())
        if self.tagged_by_content and isinstance(final, HttpResponse):
            whole = final.render() if isinstance(final, Response) else final
            said = hashlib.sha256(whole.content).hexdigest()
            self.etag = self.tag_of(said[:8], said)
        known = self._is_known(asked) if asked else modified.is_since(since, date)
        if known or asked.strip() == "*":
            final = super().finalize_response(request, Response(status=304), *args, **kwargs)
            final["Vary"] = "Accept"
        final["ETag"] = self.etag
        final["Cache-Control"] = self.caching(self.action)
        if date:
            final["Last-Modified"] = date
        if final.status_code == 200:
            final["Link"] = links.header(getattr(response, "data", None), page=self.page)
        return final

    def _is_known(self, known: str) -> bool:
        """Weak comparison with ``If-None-Match`` (RFC 9110, 13.1.2)."""
        try:
            _ = self.representation
        except (APIException, SuspiciousOperation):  # which is told in its turn
            return False
        return self.etag in {item.removeprefix("W/") for item in parse_etags(known)}
