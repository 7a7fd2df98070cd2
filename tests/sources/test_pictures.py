"""Pages of files as pictures for people who review: who gets them, and what is marked on them."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops
from reportlab.pdfbase.pdfmetrics import stringWidth

from editorial.models import User
from sources import pictures
from sources.models import Document
from tests.building import source_with_text
from tests.filed import DEPLETES, FIRST, LEADING, LEFT, REACTIONS, RELAPSES, TOPS, received
from tests.making import docx
from tests.making.pdf import HEIGHT, ROMAN, WIDTH
from tests.workroom import signed_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture(autouse=True)
def _nothing_is_kept_painted() -> Iterator[None]:
    """A number of a document means another one in the next test."""
    pictures._painted.cache_clear()
    yield
    pictures._painted.cache_clear()


def address(document: int, page: int) -> str:
    return reverse("admin:sources_document_page", args=[document, page])


def span(document: Document, words: str) -> dict[str, Any]:
    start = document.text.index(words)
    return {"start": start, "end": start + len(words)}


def picture(document: Document, page: int = 1, **asked: Any) -> Image.Image:
    answer = signed_in(staff("reviewer")).get(address(document.pk, page), asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def yellow(image: Image.Image) -> list[tuple[float, float]]:
    """Where the picture of a whole page is yellow, in points from its upper left corner."""
    red, green, blue = image.split()
    bright = ImageChops.darker(red.point(_above(200)), green.point(_above(180)))
    pixels = ImageChops.darker(bright, ImageChops.invert(blue.point(_above(150)))).tobytes()
    places = [found.start() for found in re.finditer(b"\xff", pixels)]
    width, height = image.size
    return [(at % width * WIDTH / width, at // width * HEIGHT / height) for at in places]


def _above(least: int) -> list[int]:
    return [255 if value > least else 0 for value in range(256)]


def marked(image: Image.Image, page: int = 1) -> dict[int, tuple[float, float]]:
    """From where to where each line of the page is marked, by its number; others are not."""
    found: dict[int, tuple[float, float]] = {}
    for x, y in yellow(image):
        line = round(at := (y + _MIDDLE - TOPS[page - 1]) / LEADING)
        if abs(at - line) < 0.3:  # marks of two lines may touch
            left, right = found.get(line, (x, x))
            found[line] = (min(left, x), max(right, x))
    return found


_MIDDLE = 3
"""Points from the foot of a line to the middle of its letters."""


def set_at(before: str, words: str) -> Any:
    """From where to where the words stand in a line, behind what is before them."""
    left = LEFT + stringWidth(before, ROMAN, 10)
    return pytest.approx((left, left + stringWidth(words, ROMAN, 10)), abs=2)


# What is painted


def test_page_is_painted_whole_and_nothing_is_marked() -> None:
    document = received()
    first, second = picture(document, 1), picture(document, 2)
    assert first.size == second.size
    assert first.tobytes() != second.tobytes()
    assert first.height > first.width > 1_000
    assert yellow(first) == yellow(second) == []


def test_words_are_marked_where_they_stand_and_nothing_else() -> None:
    document = received()
    plain, image = picture(document), picture(document, **span(document, DEPLETES))
    assert plain.size == image.size
    assert marked(image) == {1: set_at("", DEPLETES.removesuffix("."))}


def test_strip_is_the_marked_line_and_what_is_around_it() -> None:
    document = received()
    whole = picture(document, **span(document, DEPLETES))
    strip = picture(document, **span(document, DEPLETES), strip=1)
    assert strip.width < whole.width
    assert strip.height < whole.height / 4
    assert yellow(strip)


def test_strip_without_marked_words_is_the_page_in_small() -> None:
    document = received()
    strip = picture(document, strip=1)
    assert yellow(strip) == []
    assert strip.height > strip.width > 700


def test_words_are_marked_on_both_sides_of_a_hyphen() -> None:
    """Though the text has no hyphen there."""
    document = received()
    start, cut, rest = REACTIONS.partition(" with ")[0], FIRST[2].removesuffix("-"), "rosis"
    assert f"{start} {cut}{rest}." == REACTIONS
    assert marked(picture(document, **span(document, REACTIONS))) == {
        1: set_at(f"{DEPLETES} ", start),
        2: set_at("", cut),
        3: set_at("", rest),
    }


def test_sentence_over_two_pages_is_marked_on_both() -> None:
    document = received()
    asked = span(document, RELAPSES)
    first, second = (marked(picture(document, page, **asked), page) for page in (1, 2))
    assert first[3][1] > LEFT + stringWidth("rosis. Ocrelizumab reduced", ROMAN, 10)
    assert list(second) == [0]


def test_picture_is_painted_once() -> None:
    document = received()
    picture(document)
    picture(document)
    assert pictures._painted.cache_info().misses == 1


# Who gets it


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_people_of_the_desk_get_it(role: str) -> None:
    answer = signed_in(staff(role)).get(address(received().pk, 1))
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]


def test_stranger_is_sent_to_sign_in() -> None:
    path = address(received().pk, 1)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('admin:login')}?next={path}"


def test_person_without_a_role_is_refused() -> None:
    path = address(received().pk, 1)
    person = User.objects.create_user("nobody", is_staff=True)
    assert signed_in(person).get(path).status_code == 403


def test_reader_with_an_account_does_not_get_it() -> None:
    path = address(received().pk, 1)
    assert signed_in(User.objects.create_user("reader")).get(path).status_code == 302


def test_picture_is_only_asked_for() -> None:
    path = address(received().pk, 1)
    assert signed_in(staff("reviewer")).post(path).status_code == 405


# What is not there


@pytest.mark.parametrize("page", [0, 3, 601, 2**70])
def test_file_has_no_such_page(page: int) -> None:
    assert status(received().pk, page) == 404


@pytest.mark.parametrize("number", [0, 4_711, 2**70])
def test_there_is_no_such_document(number: int) -> None:
    received()
    assert status(number, 1) == 404


def test_text_has_no_pages() -> None:
    assert status(source_with_text("A source. It is a text.").documents.get().pk, 1) == 404


def test_docx_has_no_pages() -> None:
    assert status(received(docx.manuscript(), name="made.docx").pk, 1) == 404


def status(document: int, page: int) -> int:
    return signed_in(staff("reviewer")).get(address(document, page)).status_code


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "x", "end": "9"},
        {"start": "-5", "end": "9"},
        {"start": "9"},
        {"start": "", "end": ""},
        {"start": "²", "end": "³"},
        {"start": "9", "end": "5"},
        {"start": "90000000", "end": "90000009"},
    ],
)
def test_span_that_is_none_marks_nothing(asked: dict[str, str]) -> None:
    assert yellow(picture(received(), **asked)) == []


def test_number_that_no_row_has_is_refused() -> None:
    asked = {"start": "0", "end": "9" * 5_000}
    answer = signed_in(staff("reviewer")).get(address(received().pk, 1), asked)
    assert answer.status_code == 400
