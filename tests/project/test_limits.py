"""The limits of the API are what the program, the proxy and the documents say alike."""

import re

from msportal.answers.refused import LONGEST
from publication.api.headers import ALWAYS
from publication.api.pagination import MAX_LIMIT, MAX_OFFSET
from publication.narrowing import MOST_VALUES
from tests.databases import ROOT
from tests.proxy import CONFIGURATION

NGINX = CONFIGURATION.read_text()
API = (ROOT / "docs" / "api.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def set_to(pattern: str) -> list[int]:
    """The numbers in the only place of the configuration that fits."""
    (found,) = re.findall(pattern, NGINX, re.MULTILINE)
    return [int(number) for number in ((found,) if isinstance(found, str) else found)]


def test_guide_says_what_the_program_takes() -> None:
    rows = (
        f"| results of a list, of which to skip | {MAX_LIMIT}, {MAX_OFFSET:,} | 400 |",
        f"| values of one filter | {MOST_VALUES} | 400 |",
        f"| address, its query included | {LONGEST:,} characters | 414 |",
    )
    assert [row for row in rows if row not in API] == []
    assert f"The address is longer than {LONGEST:,} characters." in NGINX


def test_guide_and_operations_say_what_nginx_lets_by() -> None:
    (a_second,) = set_to(r"zone=reads:\w+ rate=(\d+)r/s;")
    (more,) = set_to(r"limit_req zone=reads burst=(\d+) nodelay;")
    (at_once,) = set_to(r"^    limit_conn at_once (\d+);")
    (content,) = set_to(r"^    client_max_body_size (\d+)k;")
    number, size = set_to(r"large_client_header_buffers (\d+) (\d+)k;")
    (seconds,) = set_to(r"map \$status \$again \{\s+429 (\d+);\s+503 \d+;")
    again = f"429, `Retry-After: {seconds}`"
    for text in (API, OPERATIONS):
        assert f"(of IPv6 the /64) | {a_second} a second, {more} more at once | {again} |" in text
        assert f"header, all headers | {size} kB, {number * size} kB | 431 |" in text
    assert f"| of them unanswered at one time | {at_once} | {again} |" in API
    assert f"| {content} kB, and none of it is read | 413 |" in API
    assert f"longer than {size} kB, or all are longer than {number * size} kB" in NGINX


def test_nginx_opens_to_any_site_what_the_program_does() -> None:
    for name, value in ALWAYS.items():
        written = value if " " not in value else f'"{value}"'
        assert f"add_header {name} {written} always;" in NGINX
