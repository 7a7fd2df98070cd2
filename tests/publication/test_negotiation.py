"""Which representation is sent to who says what in ``Accept`` (RFC 9110, 12.5.1)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import NotAcceptable, ValidationError

from msportal.formats import KNOWN, OPENAPI, asked
from publication.api.negotiation import JSON, JSON_LD, LONGEST, Format, chosen, reduced
from sources.api.formats import CITED

BIBTEX = "application/x-bibtex"
PROFILE = 'profile="http://www.w3.org/ns/json-ld#{}"'


def of(accept: str, offered: tuple[Format, ...] = tuple(CITED), named: str | None = None) -> str:
    """The media type that is sent; empty where there is none."""
    try:
        return chosen(accept, named, offered).media_type
    except NotAcceptable:
        return ""


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("", JSON.media_type),
        ("*/*", JSON.media_type),
        ("application/*", JSON.media_type),
        ("APPLICATION/LD+JSON", JSON_LD.media_type),
        # Weights
        ("application/json;q=0.9, application/ld+json", JSON_LD.media_type),
        ("application/json;q=0.001, application/ld+json;q=0.002", JSON_LD.media_type),
        ("application/json; Q=0.3 , application/ld+json ;q=0.4", JSON_LD.media_type),
        ("application/ld+json;q=0.5, application/json;q=0.5", JSON.media_type),
        ("application/ld+json;q=1.000, application/json;q=0.999", JSON_LD.media_type),
        # What is not wanted at all
        ("application/json;q=0", ""),
        ("*/*;q=0", ""),
        ("application/json;q=0, */*", JSON_LD.media_type),
        ("application/json;q=0, application/ld+json;q=0.0, */*;q=0.1", CITED[2].media_type),
        # The most specific range has precedence, whatever its weight and place
        ("*/*, application/*;q=0.5, application/json;q=0.1", JSON_LD.media_type),
        ("application/json;q=0.1, */*;q=0.5", JSON_LD.media_type),
        (f"{BIBTEX};q=0.2, application/*;q=0.1, */*", BIBTEX),
        ("text/*, application/ld+json;q=0.1", JSON_LD.media_type),
        # Parameters
        ("application/json;charset=utf-8", JSON.media_type),
        ('application/json; charset="UTF-8"', JSON.media_type),
        ("application/json;charset=latin-1", ""),
        ("application/json;version=2", ""),
        ("application/json;version=2, application/ld+json;q=0.1", JSON_LD.media_type),
        ("application/json;charset=utf-8;q=0.1, application/ld+json;q=0.5", JSON_LD.media_type),
        ("application/json, application/json;charset=utf-8;q=0.1, */*;q=0.5", JSON_LD.media_type),
        (f"application/ld+json;{PROFILE.format('compacted')}", JSON_LD.media_type),
        (f"application/ld+json;{PROFILE.format('flattened')}", ""),
        (f"application/ld+json;{PROFILE.format('flattened')}, */*;q=0.1", JSON.media_type),
        # A list may have empty members, and commas within quotes
        (", ,application/ld+json,,", JSON_LD.media_type),
        ('text/html;a="x, application/ld+json, y", application/json;q=0.1', JSON.media_type),
        (r'text/html;a="\", application/ld+json, y", application/json;q=0.1', JSON.media_type),
        # What no address offers
        ("text/html", ""),
        ("application/problem+json", ""),
        ("application/*+json", ""),
    ],
)
def test_accept_is_read_as_the_standard_says(accept: str, sent: str) -> None:
    assert of(accept) == sent


@pytest.mark.parametrize(
    "part",
    [
        "json",
        "application",
        "application/",
        "/json",
        "*",
        "*/json",
        "application/x-bibtex;q=2",
        "application/x-bibtex;q=-1",
        "application/x-bibtex;q=1.5",
        "application/x-bibtex;q=0.1234",
        "application/x-bibtex;q=",
        "application/x-bibtex;q=.5",
        "application/x-bibtex;q=high",
        'application/x-bibtex;q="1"',
        "application/x-bibtex;q=1;q=1",
        "application/x-bibtex q=1",
        "application/x bibtex",
        'application/x-bibtex;a="open',
        "application/x-bibtex;a=\x00",
        "application/x-bibtex;ä=1",
    ],
)
def test_what_is_malformed_is_left_out(part: str) -> None:
    assert of(part) == JSON.media_type, "as if nothing had been said"
    assert of(f"application/ld+json;q=0.1, {part}") == JSON_LD.media_type


def test_who_types_an_address_names_the_format() -> None:
    assert of("text/html", named="jsonld") == JSON_LD.media_type
    for name, said in (("xml", "Say json, jsonld, csl, bibtex or ris."), ("", "Say json, ")):
        with pytest.raises(ValidationError, match=said):
            chosen("*/*", name, CITED)


# Before Django, answers are told apart by few words.

_RANGES = [*(one.media_type for one in KNOWN), "*/*", "application/*", "text/*", "text/html"]
_PARAMETERS = ["", ";charset=utf-8", ";v=1", f";{PROFILE.format('compacted')}"]
_WEIGHTS = ["", ";q=1", ";q=0.5", ";q=0.3", ";q=0", ";q=x"]
_ACCEPT = st.lists(
    st.tuples(*map(st.sampled_from, (_RANGES, _PARAMETERS, _WEIGHTS))).map("".join), max_size=6
).map(", ".join)


@given(_ACCEPT)
def test_of_the_few_words_the_same_is_chosen(accept: str) -> None:
    everywhere: list[tuple[Format, ...]] = [(JSON,), tuple(CITED), (JSON, JSON_LD)]
    for offered in everywhere:
        assert of(reduced(accept, KNOWN, JSON), offered) == of(accept, offered)
    of_schema = (OPENAPI, JSON, KNOWN[-1])
    assert of(reduced(accept, KNOWN, OPENAPI), of_schema) == of(accept, of_schema)
    for usual in (JSON, OPENAPI):
        few = reduced(accept, KNOWN, usual)
        assert reduced(few, KNOWN, usual) == few


def test_the_usual_request_is_told_apart_by_no_word() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    path = "/api/v1/therapies/"
    for accept in ("", "*/*", "application/json", "application/json, text/plain, */*", browser):
        assert asked(path, accept) == ""
    assert asked(path, "application/ld+json") == "application/ld+json;q=1.0"
    assert asked(path, "text/html") == "*/*;q=0"
    assert asked("/therapies/", "application/ld+json") == ""
    assert asked("/api/v1/schema/", "application/json") == "application/json;q=1.0"


def test_no_header_is_read_for_long() -> None:
    begun = time.process_time()
    for part in ('"', '\\"', "a/b;", "a/b; ", ",", ' ; "', "a/b;c=d;", '"\\'):
        of(part * (LONGEST // len(part)))
    assert time.process_time() - begun < 1
    longer = "application/ld+json" + " " * LONGEST
    assert of(longer) == JSON.media_type
    assert asked("/api/v1/", longer) == ""
