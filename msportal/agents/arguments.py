"""What each tool takes, which is also its JSON Schema."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from publication.anchors import HASH
from therapies.choices import Topic

LONGEST = 200
"""Characters of a name or of words to look for."""
MOST_HITS = 20
MOST_CHANGES = 200


def _whole(text: str) -> str:
    """No database keeps a null character, so nothing is called so."""
    if "\x00" in text:
        raise ValueError("null characters are not allowed")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(_whole),
]
Name = Annotated[Text, Field(description="Its name, brand name, slug or id.")]
AsOf = Annotated[
    Text | None,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    Field(
        description="A look back: a number of the log, a day that is over (2026-01-31), or an "
        "instant (2026-01-31T12:00:00Z)."
    ),
]


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchArguments(Arguments):
    words: Annotated[Text, Field(description="What to look for: names, effects, harms, words.")]
    type: Annotated[
        Literal["therapy", "mechanism", "statement", "source"] | None,
        Field(description="Only of this type; all types where left out."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_HITS, description="Hits of each type.")] = 5


class SubjectArguments(Arguments):
    name: Name
    as_of: AsOf = None
    topic: Annotated[
        Topic | None,
        Field(description="Only claims on this topic, and more of them."),
    ] = None


class SourceArguments(Arguments):
    name: Name
    as_of: AsOf = None


class CompareArguments(Arguments):
    therapies: Annotated[
        list[Text], Field(min_length=2, max_length=4, description="Names, slugs or ids.")
    ]
    as_of: AsOf = None


class EvidenceArguments(Arguments):
    claim: Annotated[Text, Field(description="The claim's id, as other tools give it.")]
    as_of: AsOf = None


class ChangesArguments(Arguments):
    since: Annotated[int, Field(ge=0, le=10**14, description="A number of the log; 0: all.")]
    hash: Annotated[
        str | None,
        Field(pattern=f"^{HASH}$", description="Of that entry, to notice that the log is another."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_CHANGES)] = 50
