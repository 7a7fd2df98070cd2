"""What is asked of each, and by which address: the same thing, as far as each can say it."""

from dataclasses import dataclass
from urllib.parse import quote_plus

from bench.invented import name_of

SLUG = name_of(0).lower()
"""The therapy with 60 claims on 120 passages."""
START = "baba"
"""With what some names of the base begin."""
WORDS = "relapse rate"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that readers ask."""

    form: str
    what: str
    ours: str
    naive: str = ""
    datasette: str = ""
    again: bool = False
    """The asker names the entity tag of what it has."""

    @property
    def name(self) -> str:
        return f"{self.form} {self.what}"

    def path(self, who: str, *, table: str = "", public_id: str = "") -> str:
        """Empty where it cannot be asked."""
        if who == "nginx":
            return f"/{self.name.replace(' ', '-')}"
        if who in ("naive", "datasette"):
            return str(getattr(self, who)).format(db=table, id=public_id)
        return self.ours


_CLAIMS = "/{db}/therapies_publishedclaim%s?subject_id={id}&_size=100"
_LIST = "/{db}/therapies_publishedtherapy%s?to_seq__isnull=1&withdrawn=0&_sort=name&_size=50"
_FACET = "/{db}/therapies_publishedfacet%s?facet=course&value=relapsing&_size=50"
_NAMES = f"/{{db}}/therapies_publishedtherapy%s?search__contains={START}&_size=50"
_WORDS = f"/{{db}}/therapies_publishedclaim%s?text__contains={quote_plus(WORDS)}&_size=50"
_API = "/api/v1/therapies/"


CASES = (
    Case("JSON", "detail", f"{_API}{SLUG}/", f"{_API}{SLUG}/", _CLAIMS % ".json"),
    Case("JSON", "list", _API, _API, _LIST % ".json"),
    Case(
        "JSON", "filter", f"{_API}?course=relapsing", f"{_API}?course=relapsing", _FACET % ".json"
    ),
    Case("JSON", "search", f"{_API}?q={START}", f"{_API}?search={START}", _NAMES % ".json"),
    Case("JSON", "304", f"{_API}{SLUG}/", again=True),
    Case("HTML", "detail", f"/therapies/{SLUG}/", "", _CLAIMS % ""),
    Case("HTML", "list", "/therapies/", "", _LIST % ""),
    Case("HTML", "filter", "/therapies/?course=relapsing", "", _FACET % ""),
    Case("HTML", "search", f"/search/?q={quote_plus(WORDS)}", "", _WORDS % ""),
    Case("HTML", "304", f"/therapies/{SLUG}/", again=True),
)
