"""The form of a claim that is about to be: of a proposal that waits, or of a sentence not
understood. What it shows is what is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from publication import limits
from publication.presentation import Fact
from sources import quoting
from sources.wording import code_in_words
from therapies.admin.records_by_name import RecordsByName
from therapies.admin.statement_form import StatementForm, held_by
from therapies.choices import Certainty, Topic
from therapies.drafting.claiming import Wording, mechanism_named, sentence_at
from therapies.drafting.doubt import words_of_doubt
from therapies.drafting.proposals import token
from therapies.drafting.seen_sentences import as_shown
from therapies.models import Claim, Mechanism, Proposal, SeenSentence, Subject, Therapy
from therapies.values import TYPED, VALUES
from therapies.where_said import Place, places
from therapies.wording import claim_facts

__all__ = ["DraftedForm", "Filled", "ProposalForm", "SentenceForm"]

_HELD = {field.name for field in Claim._meta.get_fields()}
_COLUMNS = [value.column for value in VALUES if value.column in _HELD]
"""A value whose column is not there yet is told of by the checks at the start, not by this form."""
_ALWAYS = ("topic", "certainty", "text")


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of the form, and by which words of the passage it is borne out."""

    field: BoundField
    said: str = ""
    is_missing: bool = False
    """It is stated, and no word of the passage for it was found."""


class DraftedForm(StatementForm):
    """Many stand on one page, each under a prefix of its own."""

    use_required_attribute = False  # what is left empty in one must not hold up another
    seen = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    record = forms.CharField(
        required=False,
        max_length=limits.NAME,
        label="Claim about",
        widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off"}),
        help_text="The name of a therapy or mechanism that is here.",
    )
    acts_by = forms.CharField(
        required=False,
        max_length=limits.NAME,
        label="Mechanism",
        widget=forms.TextInput(attrs={"list": "mechanisms", "autocomplete": "off"}),
        help_text="The name of one that is here; only for a claim about a therapy.",
    )

    class Meta(StatementForm.Meta):
        model = Claim
        fields: ClassVar = ["topic", "certainty", "text", *_COLUMNS]

    def __init__(self, *args: Any, records: RecordsByName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        self.fields["text"].widget.attrs["rows"] = 3
        acts_by: Mechanism | None = self.instance.acts_by
        self.initial["acts_by"] = acts_by.name if acts_by else ""
        self.about: Subject | str | None = None
        """Whom the claim would be about, once the form was looked through: a record, or the name
        of one that is yet to be made."""

    @property
    def exact(self) -> str:
        """The words of the passage, as they stand in the text."""
        raise NotImplementedError

    # Looking through

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["acts_by"] = self._mechanism(str(cleaned.get("acts_by") or ""))
        self.about = self.subject_of(cleaned)
        self.instance.therapy = self.about if isinstance(self.about, Therapy) else None
        self.instance.mechanism = self.about if isinstance(self.about, Mechanism) else None
        return cleaned

    def subject_of(self, cleaned: Mapping[str, Any]) -> Subject | str | None:
        name = str(cleaned.get("record") or "")
        found = self.records.typed(name) if name else None
        if name and found is None:
            self.add_error("record", f"There is no record called “{name}”.")
        return found

    def _mechanism(self, name: str) -> Mechanism | None:
        found = self.records.mechanism(name) if name else None
        if name and found is None:
            self.add_error("acts_by", f"There is no mechanism called “{name}”.")
        return found

    @property
    def wording(self) -> Wording:
        """What a form without errors says."""
        return Wording.of(self.instance)

    @property
    def is_touched(self) -> bool:
        """Whether something came back otherwise than it was offered."""
        return self.is_bound and bool(set(self.changed_data) - {"seen"})

    # Showing

    def record_meant(self) -> Subject | None:
        """The record to which it would go as the form stands, if it is here."""
        name = str(self["record"].value() or "")
        return self.records.typed(name) if name else None

    @cached_property
    def places(self) -> list[Place]:
        return places(held_by(self.instance), self.exact, self.records.vocabulary)

    @property
    def pieces(self) -> list[quoting.Segment]:
        """The passage, cut where a value is said."""
        return quoting.segments(self.exact, [quoting.Span(p.start, p.end) for p in self.places])

    def filled(self) -> list[Filled]:
        """What says something, is always said, or has to be looked at."""
        return [self._filled(name) for name in self._shown_names()]

    def empty(self) -> list[Filled]:
        """The other values that a claim may have."""
        shown = set(self._shown_names())
        return [Filled(self[name]) for name in _COLUMNS if name not in shown]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The same for people who decide nothing."""
        claim = self.instance
        values = {value.name: getattr(claim, value.column) for value in TYPED}
        acts_by = Fact("Mechanism", self.initial["acts_by"])
        return (
            Fact("Claim about", str(self.initial["record"] or "left open by the text")),
            Fact("Topic", code_in_words(Topic, claim.topic)),
            Fact("Certainty", code_in_words(Certainty, claim.certainty)),
            *claim_facts(values, acts_by, certainty=claim.certainty),
        )

    def heads(self) -> tuple[str, ...]:
        """The fields that say whom it is about."""
        return ("record",)

    def _shown_names(self) -> Sequence[str]:
        stated = [n for n in _COLUMNS if self[n].value() or n in self.errors]
        return (*self.heads(), *_ALWAYS, *stated)

    def _filled(self, name: str) -> Filled:
        value = next((value for value in VALUES if value.column == name), None)
        if value is None or not self[name].value() or name in self.errors:
            return Filled(self[name])
        words = dict.fromkeys(
            " ".join(self.exact[p.start : p.end].split())
            for p in self.places
            if p.name == value.name
        )
        said = ", ".join(f"“{word}”" for word in words)
        return Filled(self[name], said, is_missing=not said)


class ProposalForm(DraftedForm):
    """What a machine read, as the claim that it would be."""

    def __init__(self, proposal: Proposal, *, records: RecordsByName, data: Any = None) -> None:
        self.proposal = proposal
        named = mechanism_named(proposal, records)
        wording = Wording.read(proposal, named)
        claim = Claim(
            topic=wording.topic,
            text=wording.text,
            certainty=wording.certainty,
            **wording.columns,
        )
        super().__init__(data, prefix=f"p{proposal.pk}", instance=claim, records=records)
        self.initial["seen"] = token(proposal)
        self.initial["record"] = records.named(proposal.subject_kind, proposal.subject)
        name = proposal.values.get("mechanism", "")
        if name and named is None and proposal.subject_kind == "therapy":
            self.fields[
                "acts_by"
            ].help_text = f"The text names “{name}”, of which there is no record here."

    @property
    def exact(self) -> str:
        return self.proposal.exact

    def passages(self) -> list[str]:
        return [sentence_at(self.proposal.document, self.proposal.start, self.proposal.end)]


class SentenceForm(DraftedForm):
    """A sentence as a claim without values, until somebody fills them in."""

    name = forms.ChoiceField(required=False, label="Claim about")

    def __init__(self, sentence: SeenSentence, *, records: RecordsByName, data: Any = None) -> None:
        self.sentence = sentence
        self.doubt = words_of_doubt(as_shown(sentence))
        topics = [topic for topic in sentence.topics if topic in Topic.values]
        claim = Claim(
            topic=topics[0] if topics else Topic.SUMMARY,
            text=sentence_at(sentence.document, sentence.start, sentence.end),
            certainty="" if self.doubt else Certainty.STATED,
        )
        super().__init__(data, prefix=f"s{sentence.pk}", instance=claim, records=records)
        names = [(name, name) for name in sentence.names]
        only = sentence.names[0] if len(sentence.names) == 1 else ""
        self.fields["name"].choices = names if only else [("", "choose a name"), *names]  # type: ignore[attr-defined]
        self.initial["name"] = only
        self.fields["record"].label = "or another record"
        why = f": the sentence has {self.doubted}" if self.doubt else ""
        self.fields["certainty"].error_messages["required"] = (
            f"Choose a certainty, as the source says{why}."
        )

    @property
    def exact(self) -> str:
        return self.sentence.exact

    def passages(self) -> list[str]:
        return [as_shown(self.sentence)]

    def heads(self) -> tuple[str, ...]:
        return ("name", "record")

    @property
    def doubted(self) -> str:
        """Words for which the editor has to say how sure the source is."""
        return ", ".join(f"“{word}”" for word in self.doubt)

    @property
    def topics(self) -> str:
        """What the words of the sentence are on."""
        return ", ".join(code_in_words(Topic, topic) for topic in self.sentence.topics)

    def record_meant(self) -> Subject | None:
        name = str(self["name"].value() or "")
        return super().record_meant() or (self.records.record("therapy", name) if name else None)

    def subject_of(self, cleaned: Mapping[str, Any]) -> Subject | str | None:
        """Another record goes before a name found."""
        if cleaned.get("record") or "record" in self.errors:
            return super().subject_of(cleaned)
        if not cleaned.get("name"):
            self.add_error("name", "Choose one of the names found, or another record.")
        return str(cleaned.get("name") or "") or None
