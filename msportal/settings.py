"""Settings, all taken from the environment; `.env.example` describes each variable."""

from datetime import timedelta
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from msportal import environment, soundness

BASE_DIR = Path(__file__).resolve().parent.parent
OURS = ("publication", "editorial", "extraction", "sources", "therapies", "msportal", "templates")
"""The folders that make up a release."""

environment.gather()  # of what is not understood, all is said, at the end

# What runs where: development, demonstration, or (neither) production.
DEBUG = environment.flag("DEBUG", default=False)
DEMONSTRATION = environment.flag("MSPORTAL_DEMONSTRATION", default=False)
PRODUCTION = not (DEBUG or DEMONSTRATION)

SECRET_KEY = environment.secret_key(None if PRODUCTION else BASE_DIR / "var" / "secret_key")
ALLOWED_HOSTS = environment.names(
    "ALLOWED_HOSTS", default=None if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
# Where the web server listens (msportal/server.py), to know who may visit.
HOST = environ.get("HOST", "127.0.0.1")
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS", default=[])

ROOT_URLCONF = "msportal.urls"
WSGI_APPLICATION = "msportal.wsgi.application"

INSTALLED_APPS = [
    # Ours first: their templates override the admin's.
    "msportal",
    "therapies",
    "sources",
    "editorial",
    "publication",
    "msportal.apps.WorkroomConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "msportal.request_id.RequestId",
    # Headers first, so that every answer carries them: refusals, redirects and static files too.
    "msportal.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "msportal.programs.OpenToPrograms",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "msportal.middleware.CompressedForReaders",
    # Before whatever may ask the database.
    "msportal.middleware.PatienceOfOneRequest",
    "msportal.opening.AskTheDatabaseFirst",
    "msportal.reading_room.ReadingRoomOnly",
    "msportal.middleware.TextInUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "msportal.context_processors.site",
            ],
            "builtins": ["publication.templatetags.glyphs"],
        },
    },
]

# Database. No transaction around each request: an action opens its own, and no wider.
DATABASES = {"default": environment.database(BASE_DIR, default="sqlite:///var/msportal.sqlite3")}
# The roles of a PostgreSQL database, which `manage.py setup_roles` makes.
OWNER_ROLE = environment.role("MSPORTAL_OWNER_ROLE", default="msportal_owner")
WEB_ROLE = environment.role("MSPORTAL_WEB_ROLE", default="msportal_web")
READ_ROLE = environment.role("MSPORTAL_READ_ROLE", default="msportal_read")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People.
AUTH_USER_MODEL = "editorial.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["msportal.sign_in.Throttle", "msportal.sign_in.StaffBackend"]

# Sign-in: so many failures under one name from one address, and then a wait; ten times as many
# under one name or from one address in all, so that no guesser keeps out everybody else.
TRUSTED_PROXIES = environment.number("MSPORTAL_TRUSTED_PROXIES", default=0)
AXES_FAILURE_LIMIT = environment.number("MSPORTAL_SIGN_IN_TRIES", default=10, least=1)
AXES_COOLOFF_TIME = timedelta(
    minutes=environment.number("MSPORTAL_SIGN_IN_WAIT_MINUTES", default=30, least=1)
)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "msportal.sign_in.Tries"
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "msportal.sign_in.name_tried"
AXES_CLIENT_IP_CALLABLE = "msportal.sign_in.address"
AXES_CLIENT_STR_CALLABLE = "msportal.sign_in.client_in_words"
AXES_LOCKOUT_CALLABLE = "msportal.sign_in.have_to_wait"
# What is kept of people is in docs/operations.md: of who came in, the day in the account alone.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# Whom readers tell that something on the site is wrong: an e-mail address, or that of a page.
CONTACT = environment.contact("MSPORTAL_CONTACT")

# Reports of readers: so many at most from one address in ten minutes, in each process, and so many
# from all in a day, so that no flood fills the database.
REPORTS_FROM_ONE = environment.number("MSPORTAL_REPORTS_FROM_ONE_ADDRESS", default=5, least=1)
REPORTS_A_DAY = environment.number("MSPORTAL_REPORTS_A_DAY", default=200, least=1)

# After so many days without a new approval, a public record is due for another look.
REVIEW_INTERVAL_DAYS = environment.number("MSPORTAL_REVIEW_INTERVAL_DAYS", default=365)

# Nobody waits longer for somebody else's lock (seconds). On SQLite, which has one writer at a time,
# commands wait longer: msportal/server.py says how long the site does.
LOCK_SECONDS = environment.number("MSPORTAL_LOCK_SECONDS", default=4)
# On PostgreSQL, what only reads waits so long (seconds) for the database, all its statements
# together; who sends a form waits longer. msportal/server.py tells the database too.
READ_SECONDS = environment.number("MSPORTAL_READ_SECONDS", default=5, least=2)
WRITE_SECONDS = 25
# Answers to readers that each process keeps (msportal/answers/), in megabytes; and how long it
# gives them while the database is away, in seconds. 0: none, and never. Parts of which answers are
# put together are kept as well, half of them of pages and half of the API's.
ANSWERS_MB = environment.number("MSPORTAL_ANSWERS_MB", default=64)
PARTS_MB = environment.number("MSPORTAL_PARTS_MB", default=32)
LATE_SECONDS = environment.number("MSPORTAL_LATE_SECONDS", default=600)
# A migration waits so long (seconds) for readers and writers, who then wait behind it.
MIGRATION_LOCK_SECONDS = environment.number("MSPORTAL_MIGRATION_LOCK_SECONDS", default=15)

# On SQLite, an entry so many days after the newest one asks whether the date is right; 0: never.
LOG_CONFIRM_AFTER_DAYS = environment.number("MSPORTAL_LOG_CONFIRM_AFTER_DAYS", default=30)

# A document of 5 MB is pasted whole, and comes back with a check box for each of its claims.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Where “manage.py checkpoint” appends the log's head, and “verify” asks for all of them.
CHECKPOINT_FILE = environment.file("MSPORTAL_CHECKPOINT_FILE", BASE_DIR)

# The key that signs the head of the log, which “migrate” makes where there is none; what the log is
# called in what is signed, else a name made with the key.
LOG_KEY_FILE = environment.file_or("MSPORTAL_LOG_KEY_FILE", BASE_DIR, "var/log_key")
LOG_NAME = environment.log_name("MSPORTAL_LOG_NAME")

# Where readers find the site, such as https://msportal.example.org: what absolute addresses in a
# release begin with. In answers to requests they begin with what was asked.
ORIGIN = environment.origin("MSPORTAL_ORIGIN")

# Language and time.
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"
FORMS_URLFIELD_ASSUME_HTTPS = True

# Static files: gathered, compressed and named by content; or straight from the apps.
STATIC_COLLECTED = environment.flag("MSPORTAL_STATIC_COLLECTED", default=PRODUCTION)
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if STATIC_COLLECTED else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Security. HTTPS: a proxy before us ends TLS, sets X-Forwarded-Proto and drops a visitor's own.
HTTPS = environment.flag("MSPORTAL_HTTPS", default=PRODUCTION)
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
    SECURE_HSTS_SECONDS = environment.number("MSPORTAL_HSTS_SECONDS", default=63_072_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # A browser takes a __Host- cookie only over TLS, from this host, for every path.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "msportal.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "msportal.door.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# API: read-only, open to all, JSON.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "publication.api.schema.PublicSchema",
    "EXCEPTION_HANDLER": "publication.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}
# The last line is of the present document; a change of it is a new line, with a new number.
_API_VERSION, API_DOCUMENT = (
    (BASE_DIR / "msportal" / "api_versions.txt").read_text(encoding="ascii").split()[-2:]
)
"""The number for people, and the document's SHA-256, which is part of each ETag."""
SPECTACULAR_SETTINGS = {
    "TITLE": "msportal API",
    "VERSION": _API_VERSION,
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "publication.api.schema_names.name_values",
        "publication.api.schema.share_headers",
        "msportal.reference.document.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RecordType": "publication.api.serializers.RECORD_TYPES",
        "ClaimType": "therapies.api.serializers.CLAIM_TYPES",
        "LogAction": "publication.api.serializers.ACTIONS",
        "Mark": "publication.api.serializers.MARKS",
        "ClaimMark": "therapies.choices.ClaimMark",
        "ChangeKind": "publication.api.serializers.CHANGE_KINDS",
        "ChangeSide": "publication.api.serializers.SIDES",
        "WhyGone": "therapies.api.serializers.WHY_GONE",
        "FindType": "therapies.choices.FindType",
        "CellState": "therapies.choices.CellState",
        "TherapyKind": "therapies.choices.TherapyKind",
        "MechanismKind": "therapies.choices.MechanismKind",
        "SourceKind": "sources.choices.SourceKind",
        "Standing": "sources.choices.Standing",
        "LicenceCode": "sources.choices.LicenceCode",
        "BibliographicField": "sources.choices.BIBLIOGRAPHIC_FIELDS",
        "Topic": "therapies.choices.Topic",
        "FixedTopic": "therapies.api.serializers.FIXED_TOPIC_CHOICES",
        "Certainty": "therapies.choices.Certainty",
        "Course": "therapies.choices.Course",
        "Route": "therapies.choices.Route",
        "Status": "therapies.choices.Status",
        "EffectDirection": "therapies.choices.EffectDirection",
        "Direction": "therapies.choices.Direction",
        "DatePrecision": "sources.choices.DatePrecision",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "msportal.request_id.OfTheRequest"}},
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django's own handlers mail administrators and print in colour; ours say it once.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # It would tell of every start and of everybody who comes in.
        "axes": {"level": "WARNING"},
        # Scanners ask for any host; each is answered with 400 and needs no traceback.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

if _wrong := environment.gathered():
    _wrong += [said for asked, said in soundness.answers(SimpleNamespace(**globals()))]
    raise ImproperlyConfigured("\n".join(_wrong))
