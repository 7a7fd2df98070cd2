"""Searching everything that is public: medicines, mechanisms, statements and sources."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from publication.columns import lines
from publication.folding import words
from publication.presentation import Fact
from publication.published import in_order
from publication.search.asked import Question, Term, asked
from publication.search.looking import Found, begin, look, rows
from publication.search.marking import Piece, marked
from publication.search.tables import Findable
from publication.search.tokens import name_token, stem
from sources.published import PublishedSource
from sources.wording import capital, code_in_words
from therapies import links
from therapies.choices import Certainty, Topic
from therapies.known_names import known_as
from therapies.pages.acting import VOID, acting_by_kinds
from therapies.pages.kinds import THERAPY
from therapies.pages.lists import BadPage, address, page_of, pager
from therapies.pages.marks import DISAGREE, PARTLY, Mark, certainty_mark
from therapies.pages.public_claims import public_claims
from therapies.pages.references import is_void
from therapies.pages.snapshot import Snapshot, bad_request, public_page
from therapies.parts_of_page import anchor_of
from therapies.presentation import Names
from therapies.published import PublishedMechanism, PublishedTherapy
from therapies.published.finds import STATEMENT
from therapies.statements import Saying, sayings
from therapies.wording import kind_label, short_reference, warning_of

LONGEST = 200
"""Characters of a question that count."""
MOST_SUGGESTED = 8
_RISKS = "risks"
_OF_RISKS = frozenset(map(stem, ("adverse", "danger", "harm", "risk", "safe", "safety", "side")))
"""By which people ask for what a therapy risks: side effects, is it safe."""
_MOST_LEADS = 4
_SHOWN_FIRST = 5
"""Of each kind, beside others."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, as a reader sees it."""

    url: str
    title: tuple[Piece, ...]
    is_text: bool = False
    """Whether the title is a sentence."""
    about: str = ""
    """What the sentence is about."""
    about_url: str = ""
    also: tuple[Piece, ...] = ()
    """Its other names."""
    known_as: str = ""
    """A name by which it was found and that is none of its own."""
    small: str = ""
    marks: tuple[Mark, ...] = ()
    lead: Fact | None = None
    """Where it leads that is more to the question than its own page."""
    acts: tuple[tuple[str, str, Mark | None], ...] = ()
    """Of a mechanism: what acts by it, with its page and what is not plain about it."""
    beside: tuple[str, ...] = ()
    """Words of the question that the sentence itself does not have."""


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one kind."""

    kind: str
    label: str
    count: str
    hits: tuple[Hit, ...]
    all_url: str = ""
    """Where the others are, if there are any."""
    beside: tuple[str, ...] = ()
    """Words of the question that no sentence here has itself."""


@public_page
def search(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """The page with the question and what was found, of one kind or of all."""
    text = request.GET.get("q", "")[:LONGEST]
    kind = request.GET.get("kind", "")
    if kind and kind not in _KINDS:
        return bad_request(request, f"kind is not understood: give one of {', '.join(_KINDS)}.")
    found = look(text, tuple(_KINDS), snapshot.seq)
    context: dict[str, Any] = {"q": text, "found": found, "chosen": kind}
    context |= {"noindex": bool(request.GET)}
    context |= {"kinds": _counts(found, request.GET), "has_words": bool(found.question.terms)}
    shown: dict[str, Sequence[int]]
    if kind:
        try:
            page = page_of(found.ids[kind], request)
        except BadPage as problem:
            return bad_request(request, str(problem))
        context |= {"page": page, "pager": pager(request, page)}
        shown = {kind: list(page)}
    else:
        shown = {of: ids[:_SHOWN_FIRST] for of, ids in found.ids.items() if ids}
    sections = _sections(shown, found, snapshot, request.GET)
    context |= {"sections": sections, "leads": _leads(text, sections)}
    return render(request, "search/search.html", context | snapshot.context())


@public_page
def suggest(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """Medicines and mechanisms whose names begin as what was typed, for a script."""
    typed = request.GET.get("q", "")[:LONGEST]
    names = []
    for row in rows(begin(typed, ("therapy", "mechanism"), snapshot.seq, MOST_SUGGESTED)):
        alias = _alias(row, typed)
        names.append({
            "name": row.title,
            "also": alias,
            "kind": _KINDS[row.kind].one,
            "url": links.record(row.record_type, row.slug, snapshot.keep),
        })  # fmt: skip
    response = JsonResponse({"suggestions": names})
    response["X-Robots-Tag"] = "noindex"
    return response


def _alias(row: Findable, typed: str) -> str:
    """The other name that begins as what was typed, if its own does not."""
    start = " ".join(words(typed))
    if start in " ".join(words(row.title)):
        return ""
    named = (*lines(row.names), *lines(row.known_as))
    return next((name for name in named if start in " ".join(words(name))), "")


def _counts(found: Found, query: QueryDict) -> list[dict[str, Any]]:
    """Each kind with how many were found and where they are."""
    return [
        {
            "kind": kind,
            "label": capital(_KINDS[kind].several),
            "count": _number(found, kind),
            "url": _address(query, kind),
        }
        for kind, ids in found.ids.items()
        if ids
    ]


def _number(found: Found, kind: str) -> str:
    more = " or more" if kind in found.more else ""
    return f"{len(found.ids[kind]):,}{more}"


def _address(query: QueryDict, kind: str) -> str:
    wanted = query.copy()
    wanted.pop("page", None)
    wanted["kind"] = kind
    return f"?{wanted.urlencode()}"


def _leads(text: str, sections: Sequence[Section]) -> list[Fact]:
    """Where a question leads that no single hit answers."""
    of_risks = not _OF_RISKS.isdisjoint(term.stem for term in asked(text).terms)
    found = (hit.lead for section in sections for hit in section.hits if hit.lead)
    leads = (lead for lead in found if of_risks or lead.label != _RISKS)
    return list(dict.fromkeys(leads))[:_MOST_LEADS]


def _sections(
    shown: Mapping[str, Sequence[int]], found: Found, snapshot: Snapshot, query: QueryDict
) -> list[Section]:
    """What is shown of each kind, and where the rest of it is."""
    every = {row.id: row for row in rows([one for ids in shown.values() for one in ids])}
    made = []
    for kind, ids in shown.items():
        hits = _KINDS[kind].hits([every[one] for one in ids], found.question, snapshot)
        beside = hits[0].beside if len({hit.beside for hit in hits}) == 1 else ()
        made.append(
            Section(
                kind=kind,
                label=capital(_KINDS[kind].several),
                count=_number(found, kind),
                hits=tuple(replace(hit, beside=()) for hit in hits) if beside else hits,
                all_url=_address(query, kind) if len(found.ids[kind]) > len(ids) else "",
                beside=beside,
            )
        )
    return made


# What a reader sees of each kind


def _record(row: Findable, question: Question, snapshot: Snapshot, **more: Any) -> Hit:
    url = links.record(row.record_type, row.slug, snapshot.keep)
    return Hit(url, marked(row.title, question.terms), **more)


def _therapies(
    found: Sequence[Findable], question: Question, snapshot: Snapshot
) -> tuple[Hit, ...]:
    table = PublishedTherapy.objects.as_of(snapshot.seq)
    published = {r.public_id: r for r in table.filter(public_id__in=[f.public_id for f in found])}
    return tuple(
        _record(
            row,
            question,
            snapshot,
            also=_others([*therapy.brand_lines, *lines(therapy.synonyms)], question.terms),
            known_as=alias_of(row, question.terms),
            lead=_to_its_risks(row, question, snapshot),
            small=_in_a_line(therapy.one_of_name, kind_label("therapy", therapy.kind)),
        )
        for row in found
        for therapy in [published[row.public_id]]
    )


def _mechanisms(
    found: Sequence[Findable], question: Question, snapshot: Snapshot
) -> tuple[Hit, ...]:
    ids = [row.public_id for row in found]
    table = PublishedMechanism.objects.as_of(snapshot.seq).filter(public_id__in=ids)
    published: dict[str, Any] = {row.public_id: row for row in table}
    acts = _acting_by(ids, snapshot)
    return tuple(
        _record(
            row,
            question,
            snapshot,
            also=_others(lines(mechanism.synonyms), question.terms),
            known_as=alias_of(row, question.terms),
            small=_in_a_line(
                f"acts on {mechanism.target}" if mechanism.target else "",
                kind_label("mechanism", mechanism.kind),
            ),
            acts=tuple(acts.get(row.public_id, ())),
            lead=_to_what_acts_on(mechanism.target, question, snapshot)
            if acts.get(row.public_id)
            else None,
        )
        for row in found
        for mechanism in [published[row.public_id]]
    )


def _to_its_risks(row: Findable, question: Question, snapshot: Snapshot) -> Fact | None:
    """Of a therapy that the question names: what its page says of its risks."""
    names = {name_token(name) for name in (row.title, *lines(row.names), *lines(row.known_as))}
    if names.isdisjoint(question.names):
        return None
    url = links.record("therapy", row.slug, snapshot.keep)
    return Fact(_RISKS, f"What {row.title} risks", f"{url}#{anchor_of('therapy', Topic.SAFETY)}")


def _to_what_acts_on(target: str, question: Question, snapshot: Snapshot) -> Fact | None:
    """Of a target that is all that a question asks for: the list of therapies that act on it."""
    said = words(target)
    if not said or not all(term.is_in(said) for term in question.terms):
        return None
    url = address(THERAPY, {"target": target}, snapshot)
    return Fact("", f"Therapies that act on {target}", url)


def _acting_by(
    ids: Sequence[str], snapshot: Snapshot
) -> Mapping[str, list[tuple[str, str, Mark | None]]]:
    """By mechanism, what sound sources say acts by it, or by a kind of it."""
    public = PublishedMechanism.objects.as_of(snapshot.seq).listed()
    by_id: dict[str, Any] = {row.public_id: row for row in public}
    found = [act for act in acting_by_kinds(ids, by_id, snapshot) if act.mark != VOID]
    table = PublishedTherapy.objects.as_of(snapshot.seq).listed()
    named = table.filter(public_id__in={act.therapy for act in found})
    names = {row.public_id: row for row in sorted(named, key=in_order)}
    place = {public_id: at for at, public_id in enumerate(names)}
    acts: dict[str, list[tuple[str, str, Mark | None]]] = {}
    for act in sorted(found, key=lambda act: place.get(act.therapy, 0)):
        if row := names.get(act.therapy):
            url = links.record("therapy", row.slug, snapshot.keep)
            acts.setdefault(act.mechanism, []).append((row.name, url, act.mark))
    return acts


def _sources(found: Sequence[Findable], question: Question, snapshot: Snapshot) -> tuple[Hit, ...]:
    table = PublishedSource.objects.as_of(snapshot.seq)
    published = {r.public_id: r for r in table.filter(public_id__in=[f.public_id for f in found])}
    return tuple(
        _record(
            row,
            question,
            snapshot,
            small=short_reference(source),
            marks=tuple(_standing(source)),
        )
        for row in found
        for source in [published[row.public_id]]
    )


def _standing(source: PublishedSource) -> list[Mark]:
    warning = warning_of(source)
    return [Mark("warned", capital(warning))] if warning else []


def _statements(
    found: Sequence[Findable], question: Question, snapshot: Snapshot
) -> tuple[Hit, ...]:
    """Each sentence with all claims that were made of it in its version, as its page tells them."""
    subjects = {row.public_id for row in found}
    claims = public_claims(subjects, snapshot, sentences=[row.title for row in found])
    by_claim = {
        (subject_id, claim["id"]): saying
        for subject_id, of_one in claims.by_subject.items()
        for saying in sayings(of_one)
        for claim in saying.claims
    }
    return tuple(
        Hit(
            url=f"{links.record(row.record_type, row.slug, snapshot.keep)}#claim-{row.part}",
            title=marked(row.title, question.terms),
            is_text=True,
            about=row.name,
            about_url=links.record(row.record_type, row.slug, snapshot.keep),
            small=code_in_words(Topic, saying.claims[0]["topic"]),
            marks=tuple(_marks(saying, claims.names)),
            beside=_beside(row, question.terms),
        )
        for row in found
        for saying in [by_claim[row.public_id, row.part]]
    )


def _marks(saying: Saying, names: Names) -> Iterator[Mark]:
    """What is not the normal case of a sentence, in the marks of its page."""
    if saying.certainty != Certainty.STATED:
        yield certainty_mark(saying.claims)
    if saying.is_disputed:
        yield DISAGREE
    if saying.is_partly_supported:
        yield PARTLY
    if saying.sources and all(is_void(names, source) for source in saying.sources):
        yield VOID


def _beside(row: Findable, terms: Sequence[Term]) -> tuple[str, ...]:
    """Words that neither the sentence has nor any name of what it is about."""
    names = (row.name, *known_as(row.record_type, [row.name]))
    said = [*row.said.split(), *(word for name in names for word in words(name))]
    return tuple(term.word for term in terms if not term.is_in(said))


def _others(names: Sequence[str], terms: Sequence[Term]) -> tuple[Piece, ...]:
    return marked(", ".join(names), terms) if names else ()


def alias_of(row: Findable, terms: Sequence[Term]) -> str:
    """The vocabulary's name by which it was found, where none of its own is."""
    own = row.said.split("\n")
    if any(all(term.is_in(name.split()) for term in terms) for name in own):
        return ""
    known = zip(lines(row.known_as), lines(row.known), strict=True)
    each = (name for name, said in known if all(term.is_in(said.split()) for term in terms))
    return next(each, "")


def _in_a_line(*parts: str) -> str:
    return " · ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of find: how readers call it, and what they see of it."""

    one: str
    several: str
    hits: Callable[[Sequence[Findable], Question, Snapshot], tuple[Hit, ...]]


_KINDS: Mapping[str, _Kind] = {
    "therapy": _Kind("therapy", "therapies", _therapies),
    "mechanism": _Kind("mechanism", "mechanisms", _mechanisms),
    STATEMENT: _Kind("statement", "statements", _statements),
    "source": _Kind("source", "sources", _sources),
}
KIND_ORDER = tuple(_KINDS)
"""The kinds in the order in which readers meet them."""
