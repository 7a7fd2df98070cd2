"""What is kept goes out in the encoding that is asked for, with a tag of its own."""

import gzip

import pytest

from msportal.answers.answer import Answer, plain, takes_gzip

TEXT = b"<p>Ocrelizumab depletes B cells.</p>" * 20


def answer(**headers: str) -> Answer:
    told = {"Content-Type": "text/html; charset=utf-8", "ETag": '"7-abc"'} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return Answer("200 OK", list(told.items()), TEXT, head=7)


def test_body_goes_out_as_it_is_or_compressed_each_with_its_tag_and_length():
    kept = answer(Content_Length="1")
    plainly, packed = kept.sent(""), kept.sent("gzip")
    assert (dict(plainly.headers)["ETag"], plainly.body) == ('"7-abc"', [TEXT])
    assert dict(plainly.headers)["Content-Length"] == str(len(TEXT))
    assert dict(packed.headers)["ETag"] == '"7-abc-gzip"'
    assert dict(packed.headers)["Content-Encoding"] == "gzip"
    assert dict(packed.headers)["Content-Length"] == str(len(packed.body[0]))
    assert gzip.decompress(packed.body[0]) == TEXT
    assert kept.sent("gzip") is packed, "It is compressed once."


def test_every_encoding_says_that_there_are_others():
    kept = answer()
    for sent in (kept.sent(""), kept.sent("gzip"), kept.unchanged(""), kept.unchanged("gzip")):
        assert dict(sent.headers)["Vary"] == "Accept-Encoding"


def test_whatever_else_an_answer_depends_on_is_still_said():
    for sent in (answer(Vary="Accept").sent("gzip"), answer(Vary="Accept").unchanged("")):
        assert dict(sent.headers)["Vary"] == "Accept, Accept-Encoding"
    both = answer(Vary="Accept-Encoding, Accept").sent("")
    assert dict(both.headers)["Vary"] == "Accept-Encoding, Accept"


@pytest.mark.parametrize(
    "kind",
    [
        *("application/problem+json", "application/json; charset=utf-8", "text/csv"),
        *("application/vnd.oai.openapi+json", "application/vnd.oai.openapi", "application/yaml"),
        *("application/x-ndjson", "application/ld+json", "application/atom+xml"),
    ],
)
def test_what_programs_read_is_compressed(kind: str):
    assert answer(Content_Type=kind).coding("gzip") == "gzip"
    assert Answer("200 OK", [("Content-Type", "image/png")], TEXT).coding("gzip") == ""


@pytest.mark.parametrize(
    ("tags", "known"),
    [
        ('"7-abc"', True),
        ('"7-abc-gzip"', True),
        ('W/"7-abc"', True),
        ('"1", W/"7-abc-gzip" , "2"', True),
        ('"7-abd"', False),
        ("7-abc", False),
        ('"7-abc', False),
        ("*", False),
        ("", False),
    ],
)
def test_tag_is_known_again_in_whatever_encoding(tags: str, *, known: bool):
    assert answer().is_known(plain(tags)) is known


def test_unchanged_says_nothing_of_a_body():
    sent = answer(Access_Control_Allow_Origin="*").unchanged("gzip")
    assert (sent.status, sent.body) == ("304 Not Modified", [])
    assert dict(sent.headers) == {
        "ETag": '"7-abc-gzip"',
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept-Encoding",
    }


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("GZIP", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("gzip;q=oops", False),
        ("gzip;q=0.1, identity", False),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("identity;q=0, gzip;q=0.1", True),
    ],
)
def test_encoding_is_that_which_is_asked_for(accepted: str, *, takes: bool):
    assert takes_gzip(accepted) is takes


@pytest.mark.parametrize(
    "headers",
    [
        {"Set_Cookie": "a=b"},
        {"Vary": "Cookie"},
        {"Vary": "accept-encoding, Accept-Language"},
        {"Cache_Control": "private"},
        {"Cache_Control": "max-age=0, no-store"},
    ],
)
def test_what_is_for_one_reader_is_not_kept_whatever_its_view_says(headers: dict[str, str]):
    assert answer().may_be_kept
    assert not answer(**headers).may_be_kept


def test_what_no_view_vouches_for_and_what_failed_is_not_kept():
    kept = answer()
    assert not Answer(kept.status, kept.headers, TEXT, head=None).may_be_kept
    for status in ("500 Internal Server Error", "503 Service Unavailable", "400 Bad Request"):
        assert not Answer(status, kept.headers, TEXT, head=7).may_be_kept
