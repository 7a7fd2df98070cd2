"""What may happen to a public base, at random, through the log alone."""

from random import Random
from typing import Any

from django.db import transaction

from editorial.models import User
from publication import log
from tests import grown


class Story:
    """What may happen to records, at random."""

    def __init__(self, seed: int, *, records: int = 8) -> None:
        """``records``: of each type, how many it begins with and is about."""
        self.records = records
        self.random = Random(seed)
        self.by: tuple[User, User] = grown.people()
        self.versions: dict[tuple[str, str], int] = {}
        self.public: dict[tuple[str, str], dict[str, Any]] = {}

    def begins(self) -> None:
        """With all that contents name: nobody approves what names a record that is not public."""
        for number in range(self.records):
            for content in (grown.source(number), grown.mechanism(number), grown.therapy(number)):
                self._approve(content)

    def goes_on(self) -> None:
        """One more entry of the log."""
        of_sources = [content for kind, content in self.public.items() if kind[0] == "source"]
        what = self.random.random()
        if what < 0.15 and self.public:
            self._mark("withdraw", self.public.pop(self.random.choice(sorted(self.public))))
        elif what < 0.25 and of_sources:
            content = self.random.choice(of_sources)
            self._mark("standing", content, standing=self.random.choice(["retracted", "corrected"]))
        else:
            self._approve(self._content())

    def _content(self) -> dict[str, Any]:
        made = self.random
        number, other = made.randrange(self.records), made.randrange(self.records)
        kind = made.choice(["source", "mechanism", "therapy", "therapy"])
        if kind == "source":
            return grown.source(number) | {"kind": made.choice(["label", "trial-report"])}
        if kind == "mechanism":
            broader = {"id": f"m{other:07}", "name": "Broader"} if made.random() < 0.5 else None
            content = grown.mechanism(number) | {"target": f"Target {other}"}
            return content | ({"broader": broader} if broader else {})
        name = made.choice([f"Agent {number}", f"Ágent {other}{number}", f"Other {number}"])
        above = {"id": f"t{other:07}", "name": f"Class {other}"}
        content = grown.therapy(number, name=name, member_of=above)
        told = grown.therapy(other)["claims"]
        content["claims"] = [
            {**claim, "id": f"{own['id'][0]}{number}{place}"}
            for place, (claim, own) in enumerate(zip(told, content["claims"], strict=True))
            if made.random() < 0.7
        ]
        return content

    def _approve(self, content: dict[str, Any]) -> None:
        key = content["type"], content["id"]
        self.versions[key] = self.versions.get(key, 0) + 1
        self.public[key] = content
        grown.approve(content, by=self.by, version=self.versions[key])

    def _mark(self, action: str, of: dict[str, Any], **more: str) -> None:
        person = {"id": self.by[1].pk, "name": self.by[1].display_name}
        with transaction.atomic():
            log.append(
                action=action,
                record_type=of["type"],
                public_id=of["id"],
                version=self.versions[of["type"], of["id"]],
                content={key: of[key] for key in ("type", "id", "slug", "name")} | more,
                contributors=[],
                approver=person,
                judgements=[],
                note="A reason.",
                demonstration=False,
            )
