"""Visitors of a running site: cookies kept, forms posted as their pages have them."""

from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.servers import Site
from tests.workroom import fields_of


class Visitor:
    """One browser, without JavaScript."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.at = "/"
        """The path of the page that is shown, after any redirect."""
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(Request(self.site.url + path))

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        """Answer after any redirect."""
        body = encode_multipart(BOUNDARY, fields)
        headers = {"Content-Type": MULTIPART_CONTENT}
        return self._ask(Request(self.site.url + path, data=body, headers=headers))

    def fill_in(self, path: str, form: str, **fields: Any) -> tuple[int, str]:
        """Post the form of a page with some fields filled in."""
        status, html = self.get(path)
        assert status == 200, html
        found = fields_of(html, form)
        assert found, f"no form {form} on {path}"
        return self.post(path, found | fields)

    def sign_in(self, name: str, password: str) -> tuple[int, str]:
        return self.fill_in("/admin/login/", "login-form", username=name, password=password)

    def hand_in(self, text: str, name: str) -> tuple[int, str]:
        """A document, to its preview."""
        file = SimpleUploadedFile(name, text.encode())
        return self.fill_in("/admin/sources/document/add/", "upload_form", file=file)

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request) as answer:
                self.at = urlsplit(answer.url).path
                return answer.status, answer.read().decode()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()
