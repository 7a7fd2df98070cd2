"""The WSGI application; it does not start on a database that the configuration must not serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")

application = get_wsgi_application()

# These need the apps that the line above has loaded.
from msportal.guard import refuse_demonstration_in_production  # noqa: E402
from msportal.patience import PatientConnection  # noqa: E402
from msportal.pool import close_connections  # noqa: E402

refuse_demonstration_in_production()
PatientConnection.patience = 25  # seconds: longer than the server's statement_timeout
close_connections()  # the server loads this once, then forks
