"""Forms of therapies, mechanisms, claims and their evidence."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial import typed
from editorial.asking import Question, link_to
from editorial.forms import CodesField, LinesField, PairsField, PlainTextField
from editorial.merged_forms import MergedForm
from editorial.models import Record
from editorial.record_forms import RecordForm, TokenForm
from publication import limits
from sources.forms import QuoteForm
from sources.models import Passage, Source
from sources.wording import code_in_words
from therapies import content
from therapies.admin.statement_form import StatementForm, quotes_in
from therapies.choices import FAVOURABLE, FIXED_TOPICS, Certainty, Topic
from therapies.models import Claim, Mechanism, Subject, Therapy
from therapies.names import key_of
from therapies.naming import Like, Names, SameName
from therapies.values import VALUES, Value


class SubjectForm(RecordForm):
    """What therapies and mechanisms share."""

    not_merged = RecordForm.not_merged | {"looked_again"}

    synonyms = LinesField(
        longest=limits.NAME,
        help_text="Other names, one a line, in the order readers should see. Such as “FTY720”.",
    )
    absent = CodesField(
        required=False,
        label="Not stated in the sources read",
        help_text="An assertion that is reviewed and shown like a claim, with the sources and the "
        "day. Tick a topic only when you looked for it in every source cited here and found "
        "nothing.",
    )
    looked_again = CodesField(
        required=False,
        label="Looked for again",
        help_text="Tick a topic when you looked for it in the newer sources too.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "absent" not in self.fields:
            return
        subject = self.instance
        topics: Any = self.fields["absent"]
        held = [item["topic"] for item in subject.not_stated]
        fixed = [str(topic) for topic in FIXED_TOPICS[subject.record_type]]
        offered = dict.fromkeys([*fixed, *held])
        topics.choices = [(topic, code_in_words(Topic, topic)) for topic in offered]
        self.initial["absent"] = held
        again: Any = self.fields["looked_again"]
        again.choices = [
            (topic, f"{code_in_words(Topic, topic)}: {absence.in_words}")
            for topic, absence in content.asserted(subject).items()
        ]
        if not (again.choices or self.data.get(self.add_prefix("looked_again"))):
            del self.fields["looked_again"]

    def _post_clean(self) -> None:
        super()._post_clean()
        for problem in self.errors.as_data().get("name", []):
            like = problem.like if isinstance(problem, SameName) else None
            if problem.code == "unique":  # it came between the two looks at what is there
                like = Names(type(self.instance), but=self.instance.pk).same(self.instance.name)
            if like is not None:
                problem.message, problem.params = linked(like), None

    def questions(self) -> Iterator[Question]:
        """About names that are new in this save."""
        subject: Subject = self.instance
        stored = subject.stored_keys()
        new = [(role, n) for role, n in subject.all_names() if key_of(n) not in stored]
        renamed = key_of(subject.name) != next(iter(stored), "")
        if not (new or renamed):
            return
        names = Names(type(subject), but=subject.pk)
        if renamed:
            own = {*stored, *(key_of(n) for _, n in subject.all_names()[1:])}
            like = names.asked(subject.name, own)
            if other := Names(_OTHER[type(subject)], names.vocabulary).named(subject.name):
                like.append(other)
            yield from (Question("name", linked(found)) for found in like)
        for role, name in new:
            field = {"a brand name": "brands", "a synonym": "synonyms"}.get(role)
            if field and (same := names.same(name)):
                yield Question(field, linked(same))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "absent" in cleaned:
            again = cleaned.get("looked_again", [])
            if set(again) - set(cleaned["absent"]):
                self.add_error(
                    "looked_again", "What was looked for again and not found is ticked above too."
                )
            self.instance.not_stated = content.assertions(
                self.instance, cleaned["absent"], again=again
            )
        return cleaned


_OTHER: dict[type[Subject], type[Subject]] = {Therapy: Mechanism, Mechanism: Therapy}
_MODELS: dict[str, type[Subject]] = {"mechanism": Mechanism, "therapy": Therapy}


def linked(like: Like) -> SafeString:
    """Why a name is like another, with a link to the other's page."""
    if like.holder is None:
        return format_html("{}", str(like))
    link = link_to(_MODELS[like.holder.kind], like.holder.pk, like.holder.name)
    return format_html("“{}” {} {}{}.", like.typed, like.says, link, like.tail)


class TherapyForm(SubjectForm):
    brands = LinesField(
        longest=limits.NAME,
        help_text="What makers call it, one a line. Such as “Gilenya”.",
        label="Brand names",
    )
    identifiers = PairsField(
        rows=2, help_text="One a line, scheme and code, such as “ATC: L04AG08”."
    )

    class Meta:
        help_texts = {"name": "As readers look for it, such as “Fingolimod”."}


class MechanismForm(SubjectForm):
    class Meta:
        help_texts = {
            "name": "As readers look for it, such as “B-cell depletion”.",
            "target": "What it acts on, such as “CD20”.",
            "acts_in": "Where, such as “lymph nodes” or “central nervous system”.",
        }


class ClaimForm(StatementForm, TokenForm):
    """One statement; the record that it is about is chosen once."""

    together = (("text", "certainty"),)

    weighing = PlainTextField(
        required=False,
        max_length=limits.STATEMENT,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        label="Why it stands",
        help_text="Only where passages disagree. Readers see it under the passages. Such as “The "
        "larger trial, which lasted longer, found no difference.”",
    )

    class Meta(StatementForm.Meta):
        pass

    def passages(self) -> list[str]:
        return quotes_in(self.data, self.stored_passages())

    def stored_passages(self) -> list[str]:
        """The passages that are saved and bear the claim out."""
        if self.instance.pk is None:
            return []
        rows = self.instance.evidence.filter(direction__in=FAVOURABLE)
        return list(rows.values_list("passage__exact", flat=True))

    def is_new(self, field: str) -> bool:
        """Whether this save states the field anew, or lets it rest on other passages."""
        return field in self.changed_data or set(self.passages()) != set(self.stored_passages())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in VALUES:
            if value.column in self.fields:
                self.fields[value.column].widget.attrs |= _when_it_fits(value)

    @property
    def cannot_be_saved(self) -> bool:
        return self.frozen or bool(self.clashing)

    def guarded_record(self) -> Record | None:
        """The claim's record; of a new claim, the one in whose form it was begun."""
        return self.instance.subject if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is None and {"therapy", "mechanism"} <= set(self.fields):
            self._check_subject(cleaned.get("therapy"), cleaned.get("mechanism"))
            self._refuse_a_second(cleaned)
        return cleaned

    def _refuse_a_second(self, cleaned: dict[str, Any]) -> None:
        """The same claim again is an impatient click, or there already."""
        names = ("therapy", "mechanism", "topic", "text", "certainty")
        same = Claim.objects.filter(**{name: cleaned.get(name) for name in names}).first()
        if same is not None:
            link = link_to(Claim, same.pk, "open it")
            said = format_html("This claim is there already, word for word: {}.", link)
            self.add_error("text", said)

    def _check_subject(self, therapy: Record | None, mechanism: Record | None) -> None:
        if (therapy is None) == (mechanism is None):
            self.add_error("therapy", "Choose one: the therapy or the mechanism it is about.")
            return
        record = therapy or mechanism
        if record is not None and not record.is_editable:
            name = "therapy" if therapy else "mechanism"
            self.add_error(
                name, f"{record} is {record.working_state.label} and cannot be edited now."
            )


def _when_it_fits(value: Value) -> dict[str, str]:
    """What the page's script reads of a field: with which topics and certainties it is shown."""
    fits: dict[str, list[str]] = {
        "topics": [t for t in Topic.values if value.fits(topic=t, certainty=Certainty.STATED)],
        "certainties": [
            c for c in Certainty.values if any(value.fits(topic=t, certainty=c) for t in Topic)
        ],
    }
    every = {"topics": Topic.values, "certainties": Certainty.values}
    return {f"data-{name}": " ".join(codes) for name, codes in fits.items() if codes != every[name]}


class ClaimRowForm(MergedForm):
    """A claim in its record's list: the text and what matters most; the rest has its own page."""

    together = (("text", "certainty"),)

    text = PlainTextField(
        max_length=limits.STATEMENT, widget=forms.Textarea(attrs={"rows": 3, "cols": 45})
    )

    class Meta:
        model = Claim
        fields = ["position", "topic", "text", "certainty"]


class EvidenceForm(QuoteForm):
    """A passage under a claim: a quote from a source's text, or one with a locator."""

    source = forms.ModelChoiceField(
        queryset=Source.objects.all(), help_text="The work that is quoted."
    )
    locator = forms.CharField(
        max_length=Passage._meta.get_field("locator").max_length,
        required=False,
        help_text="Only for a source without a text here: where the quote stands, such as "
        "“p. 745”. Such a passage is labelled as not machine-checked.",
    )
    quote_fields = ("source", "quote", "locator")
    together = (("source", "quote", "locator", "direction"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["source"] = self.instance.passage.source_id
            passage = self.instance.passage
            # That of a page comes from the text; it is not typed.
            self.initial["locator"] = "" if passage.document_id else passage.locator

    def quoted_source(self) -> Source | None:
        return self.cleaned_data.get("source")

    def look_up(self, source: Source, quote: str, *, chosen: str) -> None:
        locator = self.cleaned_data.get("locator", "")
        if source.documents.exists():
            if locator:
                self.add_error(
                    "locator", "This source has a text here: the quote is looked up in it."
                )
            super().look_up(source, quote, chosen=chosen)
            return
        if not locator:
            self.add_error("locator", "This source has no text here: say where the quote stands.")
        if why := typed.why_not(quote, longest=limits.QUOTE):
            self.add_error("quote", why)
        else:
            self.cleaned_data["quote"] = typed.normal(quote, lines=True)

    @property
    def passage_key(self) -> str:
        if self.found is None and not self.cleaned_data["source"].documents.exists():
            parts = (self.cleaned_data[name] for name in ("locator", "quote"))
            return ":".join((str(self.cleaned_data["source"].pk), *parts))
        return super().passage_key

    def make_passage(self) -> Passage:
        if self.found is not None:
            return super().make_passage()
        unchecked = {
            "source": self.cleaned_data["source"],
            "document": None,
            "exact": self.cleaned_data["quote"],
            "locator": self.cleaned_data["locator"],
        }
        found = Passage.objects.filter(**unchecked).order_by("pk").first()
        return found or Passage.objects.create(**unchecked)
