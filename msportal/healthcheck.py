"""Asks the server in this container whether it answers; exit status 0 or 1.

Run with ``python -m``; the Host header is one that the settings allow.
"""

import http.client
import os
import sys


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    server = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        server.request("GET", "/healthz", headers={"Host": "localhost" if host == "*" else host})
        return 0 if server.getresponse().status == http.HTTPStatus.OK else 1
    except OSError:
        return 1
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
