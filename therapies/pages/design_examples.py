"""Invented contents in today's shape, on which the design page shows every component.

Nothing here is true, and nothing of it is stored: entries and rows are made for one page. Words
are such that nobody takes them for knowledge: example scores, sample rashes, specimens.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.entries import Entry
from publication.shapes import stated
from sources.choices import Standing
from sources.published import STANDING, PublishedSource
from sources.quoting import CONTEXT
from therapies.presentation import Names
from therapies.published import PublishedMechanism, PublishedTherapy

Body = dict[str, Any]

INVENTED = "invented-"
"""With which every id and address of an invented record begins."""
EDITOR: Body = {"id": 1, "name": "Erika Example"}
REVIEWER: Body = {"id": 2, "name": "Rob Sample"}
ANOTHER: Body = {"id": 3, "name": "Cleo Specimen"}

TEXTS: Mapping[str, str] = {
    "trial": "An invented trial of Examplimab.\n\n"
    "Examplimab lowered the example score. "
    "Fewer people had a high example score than with placebo. "
    "Examplimab is kept cool. "
    "Examplimab may slow the loss of sample volume. "
    "Examplimab did not change specimen speed. "
    "The extension aims to halve the specimen count. "
    "A sample rash was seen in 1 of 10 people. "
    "One person had a serious example fever. "
    "Specimen ache was common. "
    "Model drowsiness was rare. "
    "Pattern thirst was seen twice. "
    "Nobody who took it slept badly. "
    "The extension lasts five years.\n",
    "review": "An invented review of examples.\n\n"
    "Examplimab lowered the example score. "
    "The example score fell in most who were given Examplimab. "
    "It is given by mouth, one sample a day. "
    "Examplimab is licensed. "
    "Examplimab is kept cool. "
    "It depletes example cells. "
    "In one small study specimen speed was worse.\n",
    "corrected": "An invented article that was corrected.\n\nExamplimab was given for ten weeks.\n",
    "retracted": "An invented article that was retracted.\n\nExamplimab cured every specimen.\n",
}
"""By source, the whole text that its passages are cut from."""


def _source(key: str, title: str, kind: str, date: str, author: str, journal: str) -> Body:
    body = {
        "schema": 1,
        "type": "source",
        "id": f"{INVENTED}{key}",
        "slug": f"{INVENTED}{key}",
        "name": title,
        "title": title,
        "kind": kind,
        "date": date,
        "authors": [{"family": author, "initials": "X"}],
        "container_title": journal,
    }
    if key in TEXTS:
        data = TEXTS[key].encode()
        sha256 = hashlib.sha256(data).hexdigest()
        body["documents"] = [{"sha256": sha256, "encoding": "utf-8", "size": len(data)}]
        body["url"] = f"https://example.org/{INVENTED}{key}"
    return body


_TITLES = (
    ("trial", "An invented trial of Examplimab", "trial-report", "2024-05-01", "Sample"),
    ("review", "An invented review of examples", "journal-review", "2022", "Muster"),
    ("corrected", "An invented article that was corrected", "journal-article", "2021", "Model"),
    ("retracted", "An invented article that was retracted", "journal-article", "2019", "Pattern"),
    ("book", "A chapter of an invented book", "book-chapter", "2015", "Template"),
)
_JOURNALS = {"review": "Another invented journal", "book": "An invented book"}
SOURCES: Mapping[str, Body] = {
    told[0]: _source(*told, _JOURNALS.get(told[0], "An invented journal")) for told in _TITLES
}
BECAME: Mapping[str, tuple[str, str]] = {
    "corrected": (Standing.CORRECTED, "An invented correction: one table was printed twice."),
    "retracted": (Standing.RETRACTED, "An invented retraction: there were no specimens."),
}
"""By source, what became of it after it was published, and the note of who said so."""


def passage(key: str, exact: str) -> Body:
    """The words where they stand in the source's text; by a locator where it has none."""
    if key not in TEXTS:
        return {"exact": exact, "locator": "p. 12"}
    text = TEXTS[key]
    start = text.index(exact)
    end = start + len(exact)
    return {
        "exact": exact,
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
        "start": start,
        "end": end,
        "document": {"sha256": SOURCES[key]["documents"][0]["sha256"]},
    }


class Claims:
    """Makes claims with ids that no other has."""

    def __init__(self, letter: str) -> None:
        self._letter = letter
        self.made: list[Body] = []

    def add(
        self,
        topic: str,
        text: str,
        *evidence: tuple[str, str, str],
        certainty: str = "stated",
        weighing: str = "",
        **values: Any,
    ) -> Body:
        """``evidence`` is source, direction and the words; of one source, its words are the text
        where they are empty.
        """
        key = f"{INVENTED}{self._letter}{len(self.made)}"
        claim: Body = {
            "id": key,
            "topic": topic,
            "text": text,
            "certainty": certainty,
            "values": values,
            "weighing": weighing,
            "evidence": [
                {
                    "id": f"{key}-{number}",
                    "direction": direction,
                    "source": {"id": SOURCES[source]["id"]},
                    "passage": passage(source, exact or text),
                }
                for number, (source, direction, exact) in enumerate(evidence)
            ],
        }
        self.made.append(claim)
        return claim


SAYS, PARTLY, DISPUTES = "supports", "partly-supports", "disputes"
SCORE = "example score"

MECHANISM: Body = {
    "schema": 1,
    "type": "mechanism",
    "id": f"{INVENTED}m",
    "slug": f"{INVENTED}depletion",
    "name": "Example cell depletion",
    "kind": "action",
    "target": "example cells",
    "effect": "depletes",
}


def _therapy_claims() -> list[Body]:
    claims = Claims("r")
    add = claims.add
    summary = "Examplimab is an invented medicine for example scores."
    add("summary", summary, ("trial", SAYS, "Examplimab lowered the example score."))
    found: Body = {"outcome": SCORE, "effect_direction": "better", "courses": ["ms"]}
    fewer = "Fewer people had a high example score than with placebo."
    add("outcome", fewer, ("trial", SAYS, ""), comparator="placebo", **found)
    fell = "The example score fell in most who were given Examplimab."
    add("outcome", fell, ("review", SAYS, ""), **found)
    slept = "Nobody who took it slept badly."
    add("safety", slept, ("trial", SAYS, ""), certainty="negated", harm="sleeplessness")
    grave: Body = {"serious": True, "effect_direction": "worse"}
    fever = "One person had a serious example fever."
    add("safety", fever, ("trial", SAYS, ""), harm="example fever", **grave)
    for text, harm, often in (
        ("A sample rash was seen in 1 of 10 people.", "sample rash", "in 1 of 10"),
        ("Specimen ache was common.", "specimen ache", "common"),
        ("Model drowsiness was rare.", "model drowsiness", "rare"),
        ("Pattern thirst was seen twice.", "pattern thirst", "twice"),
    ):
        values: Body = {"harm": harm, "frequency": often, "effect_direction": "worse"}
        add("safety", text, ("trial", SAYS, ""), **values)
    mouth = "It is given by mouth, one sample a day."
    add("administration", mouth, ("review", SAYS, ""), route="oral", schedule="one sample a day")
    acts = {"id": MECHANISM["id"]}
    add("mechanism", "It depletes example cells.", ("review", SAYS, ""), mechanism=acts)
    return claims.made


THERAPY: Body = {
    "schema": 1,
    "type": "therapy",
    "id": f"{INVENTED}t",
    "slug": f"{INVENTED}examplimab",
    "name": "Examplimab",
    "synonyms": ["example antibody"],
    "brands": ["Examplia"],
    "kind": "drug",
    "identifiers": {"Invented code": "X00XX00"},
    "claims": _therapy_claims(),
    "not_stated": [
        {
            "topic": "monitoring",
            "sources": [SOURCES["trial"]["id"], SOURCES["review"]["id"]],
            "until": "2026-02-01",
        }
    ],
}
BEFORE: Body = THERAPY | {
    "synonyms": [],
    "claims": [
        THERAPY["claims"][0] | {"text": "Examplimab is an invented tablet for scores."},
        *THERAPY["claims"][1:-1],
    ],
}
"""The version before that one."""

CITED: Body = SOURCES["trial"] | {
    "doi": "10.5555/invented-trial",
    "volume": "7",
    "pages": "1-9",
    "licence": "CC-BY-4.0",
    "readings": [
        {
            "id": f"{INVENTED}f0",
            "field": "title",
            "passage": passage("trial", "An invented trial of Examplimab"),
        }
    ],
    "vouched": [{"id": f"{INVENTED}v0", "field": "container_title", "by": EDITOR}],
}
"""The trial with more of what the page of a source shows."""


def judged(body: Body) -> list[Body]:
    """Who agreed to each pair of the content: one reviewer, but for the first pair another."""
    parts = [(c["id"], e["id"]) for c in body.get("claims", ()) for e in c["evidence"]]
    parts += [(p["field"], p["id"]) for p in body.get("readings", ())]
    parts += [(p["field"], p["id"]) for p in body.get("vouched", ())]
    parts += [(f"not-stated:{item['topic']}", "") for item in body.get("not_stated", ())]
    return [
        {
            "group": group,
            "part": part,
            "by": ANOTHER if number == 1 else REVIEWER,
            "at": "2026-02-03T10:00:00.000000Z",
        }
        for number, (group, part) in enumerate(parts)
    ]


def entry(seq: int, body: Body, *, action: str = APPROVE, version: int = 1, note: str) -> Entry:
    """An entry as the log would hold it, that no log holds."""
    return log.made(
        stated(body),
        seq=seq,
        at=f"2026-02-{seq:02}T09:30:00.000000Z",
        version=version,
        contributors=[EDITOR],
        approver=REVIEWER,
        note=note,
        action=action,
        judgements=judged(body) if action == APPROVE else [],
    )


def entries() -> dict[str, Entry]:
    """One of each action, by what the page calls it."""
    head = {key: THERAPY[key] for key in ("schema", "type", "id", "slug", "name")}
    work = {key: SOURCES["corrected"][key] for key in ("schema", "type", "id", "slug", "name")}
    became, why = BECAME["corrected"]
    return {
        "approved": entry(4, THERAPY, version=2, note="An invented note: one synonym added."),
        "standing": entry(5, work | {"standing": became}, action=STANDING, note=why),
        "withdrawn": entry(
            6, head, action=WITHDRAW, version=2, note="An invented reason: it never existed."
        ),
    }


def names() -> Names:
    """The rows by which ids are named, with what became of the sources."""
    sources = {}
    for key, body in SOURCES.items():
        row = PublishedSource(**PublishedSource.stated(entry(1, body, note="An invented note.")))
        row.standing, row.standing_note = BECAME.get(key, (Standing.CURRENT, ""))
        sources[body["id"]] = row
    acts = PublishedMechanism(
        **PublishedMechanism.columns(entry(2, MECHANISM, note="An invented note."))
    )
    return Names(sources, sources, {acts.public_id: acts})


def therapy_row() -> PublishedTherapy:
    return PublishedTherapy(**PublishedTherapy.columns(entries()["approved"]))
