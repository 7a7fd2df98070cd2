"""What an answer that is kept may depend on, beside the log's head and the day."""

from typing import Any, NamedTuple

from django.conf import settings

from msportal.formats import asked

Environ = dict[str, Any]

_SCHEME = "HTTP_X_FORWARDED_PROTO"
_NEVER = ("/admin/", settings.STATIC_URL, "/healthz", "/readyz", "/api/v1/export/")
"""What begins so is for people who are signed in, is kept elsewhere, tells of the process, or is
streamed.
"""


class Key(NamedTuple):
    """Of a request of a reader who is not signed in, all that Django is told of it."""

    host: str
    https: bool
    """What the proxy says that ends TLS."""
    path: str
    query: str
    accept: str = ""
    """Which representations are taken, in the few words of ``msportal.formats``; empty where it is
    the usual one, which nearly all ask for.
    """

    @classmethod
    def of(cls, environ: Environ) -> "Key | None":
        """``None`` where what is asked for is not a matter of these alone."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ.get("PATH_INFO") or "/"
        host = environ.get("HTTP_HOST")
        if not host or path.startswith(_NEVER):
            return None
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return None
        if environ.get("SCRIPT_NAME"):
            return None
        https = environ.get(_SCHEME) == "https"
        accept = asked(path, environ.get("HTTP_ACCEPT", ""))
        return cls(host, https, path, environ.get("QUERY_STRING", ""), accept)

    def environ(self, **more: Any) -> Environ:
        """A request (PEP 3333) that has nothing in it but this: no cookie, no name of a browser,
        no network address. So the answer cannot depend on them.
        """
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.host,
            **({_SCHEME: "https"} if self.https else {}),
            **({"HTTP_ACCEPT": self.accept} if self.accept else {}),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **more,
        }
