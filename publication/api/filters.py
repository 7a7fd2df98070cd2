"""Filters that read the same stretch of the log as the list they narrow."""

from copy import deepcopy
from functools import cache, lru_cache
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, Filter, MultipleChoiceFilter
from django_filters.fields import MultipleChoiceField
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from publication import narrowing
from publication.indexes import Listed
from publication.keeping import index_at
from publication.narrowing import (
    LONGEST,
    SAYS_SOMETHING,
    WORDS,
    Asked,
    Declaration,
    Narrowing,
    ask,
)


class AsOfFilterSet(FilterSet):  # type: ignore[misc]
    """A filter set that knows the head of the log that is being read."""

    repeated: ClassVar[frozenset[str]] = frozenset()
    """The parameters that may be given several times: any of their values."""
    of_the_day: ClassVar[frozenset[str]] = frozenset()
    """Those by which an answer hangs on the day too."""
    by_itself: ClassVar[bool] = True
    """Whether each filter finds its rows."""

    def __init__(
        self, data: Any = None, *args: Any, seq: int = 0, head: int = 0, **kwargs: Any
    ) -> None:
        # Of those alone that are asked for: a form of all takes longer than to find what they find.
        every = self.base_filters
        self.given = tuple(name for name in every if name in (data or ()))
        used = self.given if self.by_itself else ()
        self.__dict__["base_filters"] = {name: every[name] for name in used}
        super().__init__(data, *args, **kwargs)
        self.seq, self.head = seq, head

    def get_form_class(self) -> type[forms.Form]:
        """One for all who give the same filters."""
        kind: Any = type(self)  # of a metaclass that says not that it is hashable
        return _form_class(kind, self.given)


@lru_cache(maxsize=250)
def _form_class(of: Any, given: tuple[str, ...]) -> type[forms.Form]:
    fields = {name: _field(of, name) for name in given}
    return type(f"{of.__name__}Form", (of._meta.form,), fields)


@cache
def _field(of: Any, name: str) -> forms.Field:
    """One for all forms, which copy it or change nothing of it."""
    found: forms.Field = deepcopy(of.base_filters[name]).field
    return found


class AsOfFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Hands the view's head of the log to its filter set."""

    def get_filterset_kwargs(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> dict[str, Any]:
        kwargs = super().get_filterset_kwargs(request, queryset, view)
        return {**kwargs, "seq": getattr(view, "seq", 0), "head": getattr(view, "newest", 0)}


def text_filter(help_text: str, **options: Any) -> CharFilter:
    """A filter by words or by an exact text."""
    schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        "pattern": SAYS_SOMETHING,
        "description": help_text,
    }
    found: CharFilter = extend_schema_field(schema)(CharFilter(max_length=LONGEST, **options))
    return found


def words_filter(of: str) -> CharFilter:
    """A filter by what a record is found by."""
    return text_filter(
        f"Words, each the start of one in {of}; case, accents and hyphens do not count."
    )


class _AnyValues(MultipleChoiceField):  # type: ignore[misc]
    """As many values as are given; what they mean is for the declaration to say."""

    def valid_value(self, value: Any) -> bool:
        return True

    def __deepcopy__(self, memo: dict[int, Any]) -> "_AnyValues":
        """Itself: a form is never shown, and changes nothing of it."""
        return self


class _Declared(MultipleChoiceFilter):  # type: ignore[misc]
    field_class = _AnyValues


class DeclaredFilters(AsOfFilterSet):
    """The filters that are declared for a list."""

    declared: ClassVar[Declaration[Any]]
    by_itself = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "declared"):
            every = cls.declared.filters
            cls.repeated = frozenset(one.name for one in every if one.most > 1)
            cls.of_the_day = frozenset(one.name for one in every if one.of_the_day)

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        if not hasattr(cls, "declared"):
            return {}
        return {one.name: _declared(one) for one in cls.declared.filters}

    def asked(self) -> Asked:
        """What is asked for; ``ValidationError`` with all that is not understood."""
        given = self.form.cleaned_data
        every = {n: [v] if isinstance(v, str) else v for n, v in given.items() if n != WORDS}
        asked = ask(self.declared, every)
        if asked.wrong:
            raise ValidationError({name: why[0][1] for name, why in asked.wrong.items()})
        return asked


class DeclaredFilterSet(DeclaredFilters):
    """The filters that are declared for a list of records, for its page too."""

    declared: ClassVar[Narrowing]

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        if not hasattr(cls, "declared"):
            return {}
        return {WORDS: words_filter(cls.declared.words_help), **super().get_filters()}

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        """The rows that are left, as the list has them."""
        asked = self.asked()
        filters = [self.declared.by_name[name] for name in asked.chosen]
        index = index_at(self.declared.facts, self.seq, filters)
        found = index.found(asked.wanted)
        if words := self.form.cleaned_data.get(WORDS):
            found &= index.found_by(words)
        return Listed(index, found)


def _declared(one: narrowing.Declared) -> Filter:
    """With what the OpenAPI document says of one of its values; several are given as an array."""
    told = one.help
    if isinstance(one.values, narrowing.Codes):
        words = [*one.values.choices.choices]
        words += [(also, f"the same as `{code}`") for also, code in one.values.also.items()]
        told += "\n\n" + "\n".join(f"* `{code}` - {said}" for code, said in words)
    schema = {**one.values.schema, "description": told}
    field = CharFilter(strip=False) if one.most == 1 else _Declared()
    found: Filter = extend_schema_field(schema)(field)
    return found
