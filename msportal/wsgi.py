"""The WSGI application; it does not start on a database that the configuration must not serve."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")

application = get_wsgi_application()

from msportal.guard import refuse_demonstration_in_production  # noqa: E402  (needs the apps)

try:
    refuse_demonstration_in_production()
finally:
    # Loaded before the server forks: a connection shared by two processes breaks both.
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
