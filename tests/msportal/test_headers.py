"""Every answer carries the security headers, whoever gives it."""

import http.client
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from msportal.middleware import PERMISSIONS_POLICY
from tests.servers import Site

HOST = {"Host": "localhost"}
TLS = {"X-Forwarded-Proto": "https"}
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def ask(site: Site, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_every_answer_carries_the_headers(site_server: Callable[..., Site]) -> None:
    site = site_server(MSPORTAL_HTTPS="true")
    answers = {
        "page": (200, ask(site, "/admin/login/", HOST | TLS)),
        "static file": (200, ask(site, "/static/admin/css/base.css", HOST | TLS)),
        "missing page": (404, ask(site, "/no-such-page/", HOST | TLS)),
        "redirect": (302, ask(site, "/admin/", HOST | TLS)),
        "refused host": (400, ask(site, "/", {"Host": "evil.example"} | TLS)),
        "plain HTTP": (301, ask(site, "/admin/login/", HOST)),
    }
    for name, (status, answer) in answers.items():
        assert (name, answer.status) == (name, status)
        headers = answer.headers
        assert (name, set(headers["Content-Security-Policy"].split("; "))) == (name, POLICY)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Permissions-Policy"] == PERMISSIONS_POLICY
        assert headers["Access-Control-Allow-Origin"] is None
        secure = None if name == "plain HTTP" else "max-age=63072000; includeSubDomains; preload"
        assert (name, headers["Strict-Transport-Security"]) == (name, secure)
    cookie = answers["page"][1].headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    assert cookie.endswith("; Path=/; SameSite=Lax; Secure")


@pytest.mark.parametrize("headers", [HOST, HOST | TLS])
def test_health_is_asked_over_plain_http_too(
    site_server: Callable[..., Site], headers: dict[str, str]
) -> None:
    assert ask(site_server(MSPORTAL_HTTPS="true"), "/healthz", headers).status == 200
