"""Addresses of the pages about records and claims."""

from dataclasses import dataclass

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
