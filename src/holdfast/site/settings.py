"""Django's settings. What differs from one place to another comes from the environment; keys come from the data folder.

| variable | what it is | left out or empty |
|---|---|---|
| HOLDFAST_DATA | the data folder: database, key ring, checkpoints | `data` in the current folder |
| HOLDFAST_CHECKPOINT_COPY | where checkpoints are copied; best elsewhere | `checkpoint-copy` in the data folder |
| HOLDFAST_PACKS | the folder of packs | `packs` beside `src` |
| HOLDFAST_PLACE | the pack under which a call is taken where nobody names one | `england-and-wales` |
| HOLDFAST_FORCE | the pack's id of the police force whose calls come by telephone and by provider | not known |
| HOLDFAST_TWILIO, _TELNYX, _AML | secrets of those who sign what they send to /api | nobody is let in |
| HOLDFAST_HOSTS | names under which the server answers, by commas | this machine only |
| HOLDFAST_KEYS | who wraps new cases' keys: `file`, or `kms:` and an AWS KMS key's id, alias or ARN | the key ring |
| HOLDFAST_STAMPS | a time-stamping authority's address (RFC 3161), or `own`: the demo's, no proof | no stamps |
| HOLDFAST_STAMPS_ROOTS | its root certificates, and others of its path: a PEM file | no stamps |
| HOLDFAST_STAMPS_POLICY | the policy that its stamps have to name, as an object identifier | any |
| HOLDFAST_VAULT | where evidence lies: a folder, `s3:BUCKET` or `s3:BUCKET/PREFIX` | `vault` in the data folder |
| HOLDFAST_VAULT_LOCK | locks each item in a bucket: `governance:DAYS` or `compliance:DAYS` | no lock |
| HOLDFAST_INTAKE_DAYS | after how many days without a byte an unfinished intake may be swept away | 30 |
| HOLDFAST_SCANNER | who looks for malware: `clamd:/its/socket` or `clamd:HOST:PORT` | nobody, and each item says so |
| HOLDFAST_ONLINE_REPORTS | `1` opens the public's report online, under HOLDFAST_PLACE | there is no such page |
| HOLDFAST_HTTP | `1` serves without TLS: this machine only | cookies are sent over TLS only |
| HOLDFAST_DRAFTS | `1` offers translations that nobody has checked, said to be so; the demo does | checked words only |
| HOLDFAST_DEMO | `1` lets the demo's accounts sign in; set by `holdfast demo` | they refuse to start |
| HOLDFAST_UNSLOWED | `1` slows nobody: for `make attack`; refused outside the demo (holdfast.E017) | all are slowed |
| HOLDFAST_MOST_TAKEN, _GIVEN | GB of one item from the desk, and from a survivor | 50, 4 |
| HOLDFAST_MOST_IN_A_CASE, _GIVEN_IN_ALL | GB of one case, and of what its survivor gave by themselves | 1000, 50 |
"""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from holdfast.casefile.keyring import ring_in
from holdfast.site.doors import installed_doors
from holdfast.site.logs import QUIET
from holdfast.site.sign_in_settings import *  # noqa: F403 every name there is a setting
from holdfast.site.sign_in_settings import SIGN_IN_APPS

LOGGING = QUIET
HOUSE = Path(__file__).resolve().parents[3]

HOLDFAST_DATA = Path(os.environ.get("HOLDFAST_DATA") or "data").resolve()
HOLDFAST_CHECKPOINT_COPY = Path(os.environ.get("HOLDFAST_CHECKPOINT_COPY") or HOLDFAST_DATA / "checkpoint-copy")
HOLDFAST_PACKS = Path(os.environ.get("HOLDFAST_PACKS") or HOUSE / "packs")
HOLDFAST_PLACE = os.environ.get("HOLDFAST_PLACE") or "england-and-wales"
HOLDFAST_FORCE = os.environ.get("HOLDFAST_FORCE", "")
HOLDFAST_TWILIO = os.environ.get("HOLDFAST_TWILIO", "")
HOLDFAST_TELNYX = os.environ.get("HOLDFAST_TELNYX", "")
HOLDFAST_AML = os.environ.get("HOLDFAST_AML", "")
HOLDFAST_DEMO = os.environ.get("HOLDFAST_DEMO") == "1"
HOLDFAST_DRAFTS = HOLDFAST_DEMO or os.environ.get("HOLDFAST_DRAFTS") == "1"
HOLDFAST_ONLINE_REPORTS = os.environ.get("HOLDFAST_ONLINE_REPORTS") == "1"
HOLDFAST_KEYS = os.environ.get("HOLDFAST_KEYS", "")
HOLDFAST_VAULT = os.environ.get("HOLDFAST_VAULT", "")
HOLDFAST_VAULT_LOCK = os.environ.get("HOLDFAST_VAULT_LOCK", "")
HOLDFAST_INTAKE_DAYS = os.environ.get("HOLDFAST_INTAKE_DAYS") or "30"
HOLDFAST_SCANNER = os.environ.get("HOLDFAST_SCANNER", "")
HOLDFAST_HTTP = HOLDFAST_DEMO or os.environ.get("HOLDFAST_HTTP") == "1"
HOLDFAST_STAMPS = os.environ.get("HOLDFAST_STAMPS") or ("own" if HOLDFAST_DEMO else "")
HOLDFAST_STAMPS_ROOTS = os.environ.get("HOLDFAST_STAMPS_ROOTS", "")
HOLDFAST_STAMPS_POLICY = os.environ.get("HOLDFAST_STAMPS_POLICY", "")
HOLDFAST_UNSLOWED = os.environ.get("HOLDFAST_UNSLOWED") == "1"
AXES_ENABLED = not HOLDFAST_UNSLOWED
GB = 1_000_000_000
HOLDFAST_MOST_TAKEN = int(os.environ.get("HOLDFAST_MOST_TAKEN") or 50) * GB
HOLDFAST_MOST_GIVEN = int(os.environ.get("HOLDFAST_MOST_GIVEN") or 4) * GB
HOLDFAST_MOST_IN_A_CASE = int(os.environ.get("HOLDFAST_MOST_IN_A_CASE") or 1000) * GB
HOLDFAST_MOST_GIVEN_IN_ALL = int(os.environ.get("HOLDFAST_MOST_GIVEN_IN_ALL") or 50) * GB

# Without a key ring nothing is served (holdfast.E001); commands that need no key still run, under a key nobody keeps.
_RING = ring_in(HOLDFAST_DATA)
SECRET_KEY = _RING.session_secret if _RING else get_random_secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("HOLDFAST_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    *SIGN_IN_APPS,
    "holdfast.site",
    "holdfast.casefile",
    "holdfast.access",
    *installed_doors(),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "holdfast.site.compressed.CompressedFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "holdfast.site.headers.DoorHeaders",
    "holdfast.site.refusals.Refusals",
    "holdfast.site.in_place.InPlace",
    "holdfast.site.sessions.DoorSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "holdfast.access.sign_in.lasting.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "holdfast.access.log.route.RouteKnown",
]

ROOT_URLCONF = "holdfast.site.urls"
ASGI_APPLICATION = "holdfast.site.asgi.application"
WSGI_APPLICATION = "holdfast.site.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "holdfast.doors.look.ease.ease"]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOLDFAST_DATA / "holdfast.sqlite3",
        "OPTIONS": {
            # A transaction that will write says so at its start: two that meet then wait, and neither is undone.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # WAL lets readers read while one writes. FULL: an answer is given only when the disk has it.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
                "PRAGMA secure_delete=ON; "
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864; "
                "PRAGMA wal_autocheckpoint=8000;"
            ),
        },
        "TEST": {"NAME": None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["holdfast.site.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "holdfast.site.passwords.EnoughBeside"},
]

# Each door has its own session cookie (sessions.py), so that being signed in at one says nothing at another.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SERIALIZER = "holdfast.site.sealed_sessions.Sealed"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not HOLDFAST_HTTP
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True  # one cookie less to explain on a telephone that somebody else looks through
CSRF_COOKIE_SECURE = not HOLDFAST_HTTP
CSRF_FAILURE_VIEW = "holdfast.site.refusals.form_refused"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy in front does it
SECURE_PROXY_SSL_HEADER = None if HOLDFAST_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if HOLDFAST_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not HOLDFAST_HTTP
# Being listed in browsers themselves (W021) is for good, and names the host in public: whoever runs it decides that.
# Sending people on to TLS (W008) is the proxy's work: what comes here without TLS has no session, and cannot get one.
# Whoever has to wait after wrong words is told so by the desk's own sign-in, not by a middleware of axes (axes.W002).
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021", "axes.W002"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# No page takes more than this; asgi.py stops reading there.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["holdfast.site.handling.InMemory"]  # never a temporary file

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # serves what the doors carry; nothing has to be collected first
WHITENOISE_AUTOREFRESH = False
WHITENOISE_INDEX_FILE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no upload is ever kept as a plain file
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"  # pages say times in the pack's own zone
USE_I18N = True
USE_TZ = True
