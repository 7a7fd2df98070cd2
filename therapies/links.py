"""Addresses of the pages about records and claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse


def record(record_type: str, slug: str, keep: str = "") -> str:
    return reverse(f"pages:{record_type}", args=[slug]) + keep


def source_text(slug: str, keep: str = "") -> str:
    """The texts of a source with their passages marked."""
    return reverse("pages:source-text", args=[slug]) + keep


def claim(claim_id: str, keep: str = "") -> str:
    return reverse("pages:claim", args=[claim_id]) + keep


def cite_claim(claim_id: str, keep: str = "") -> str:
    return reverse("pages:claim-cite", args=[claim_id]) + keep


def compare(slugs: Iterable[str], keep: str = "", **more: str) -> str:
    """Therapies side by side, in this order."""
    query = [("therapy", slug) for slug in slugs]
    return _with(reverse("pages:compare"), [*query, *more.items()], keep)


def mechanisms_map(target: str = "", keep: str = "") -> str:
    """What acts on a target; everything where none is named."""
    query = [("target", target)] if target else []
    return _with(reverse("pages:mechanisms-map"), query, keep)


def _with(address: str, query: list[tuple[str, str]], keep: str) -> str:
    query = [*query, *parse_qsl(keep.removeprefix("?"))]
    return f"{address}?{urlencode(query)}" if query else address


def changes(**filters: str | int) -> str:
    """The changes, narrowed by what that page takes."""
    return reverse("changes") + (f"?{urlencode(filters)}" if filters else "")


def for_machines(route: str, keep: str = "", **named: str | int) -> list[tuple[str, str]]:
    """The same in the API: the media type and the address of each representation that says all."""
    address = reverse(f"api:{route}", kwargs=named)
    linked = _with(address, [("format", "jsonld")], keep)
    return [("application/json", address + keep), ("application/ld+json", linked)]


def report_claim(claim_id: str, keep: str = "") -> str:
    return reverse("pages:claim-report", args=[claim_id]) + keep


@dataclass(frozen=True, slots=True)
class Links:
    """Where one record is found; ``keep`` carries ``as_of`` from page to page."""

    record_type: str
    slug: str
    keep: str = ""

    @property
    def plain(self) -> "Links":
        """The same for those who bring their own query."""
        return Links(self.record_type, self.slug)

    @property
    def record(self) -> str:
        return record(self.record_type, self.slug, self.keep)

    @property
    def now(self) -> str:
        return record(self.record_type, self.slug)

    @property
    def history(self) -> str:
        return reverse(f"pages:{self.record_type}-history", args=[self.slug]) + self.keep

    @property
    def cite(self) -> str:
        return reverse(f"pages:{self.record_type}-cite", args=[self.slug]) + self.keep

    @property
    def report(self) -> str:
        return reverse(f"pages:{self.record_type}-report", args=[self.slug]) + self.keep

    def cite_version(self, number: int) -> str:
        address = reverse(f"pages:{self.record_type}-version-cite", args=[self.slug, number])
        return address + self.keep

    def version(self, number: int) -> str:
        return reverse(f"pages:{self.record_type}-version", args=[self.slug, number]) + self.keep

    def difference(self, a: int, b: int) -> str:
        return reverse(f"pages:{self.record_type}-diff", args=[self.slug, a, b]) + self.keep

    def changes(self, **filters: str | int) -> str:
        """What the log says of the record, narrowed further."""
        return changes(type=self.record_type, record=self.slug, **filters)
