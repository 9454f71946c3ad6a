"""Settings for every start: what differs between installations comes from `env`."""

from pathlib import Path

from kith.settings import driver

SQLITE_DRIVER = driver.install()

from kith.settings.env import read_env  # noqa: E402 - after the driver
from kith.settings.keys import load_keys  # noqa: E402

ENV = read_env()
KITH_KEYS = load_keys(ENV.data, ENV.keys)
ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = KITH_KEYS["django"][max(KITH_KEYS["django"])].hex()
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
INSTALLED_APPS = [
    "kith.core",
    "kith.concerns",
    "kith.people",
    "kith.notify",
    "kith.groups",
    "kith.safety",
    "kith.conversation",
    "kith.finding",
    "kith.web",
    "kith.cli",
]
MIDDLEWARE = [
    "kith.web.middleware.Headers",
    "kith.web.middleware.Pack",
    "kith.web.csrf.Forms",
    "kith.web.middleware.SignedIn",
]
ROOT_URLCONF = "kith.urls"
WSGI_APPLICATION = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSRF_FAILURE_VIEW = "kith.web.errors.stale_form"
CSRF_COOKIE_NAME = "__Host-form" if ENV.https else "form"
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser, like the session
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 8
FILE_UPLOAD_HANDLERS = ["kith.web.uploads.Pictures"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
if (ROOT / "web" / "locale" / "en_XA").exists():  # made by tools/pseudo.py, for tests only
    LANGUAGES += [("en-xa", "Pseudo"), ("ar-xb", "Pseudo, right to left")]
LOCALE_PATHS = [ROOT / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
APPEND_SLASH = False

# Names, times and what failed; never an address, a query, a body or a person. Django's own loggers go through the same lines.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "kith.core.faults.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"handlers": [], "level": "ERROR"},  # a 404 is nobody's fault
        "django.security": {"handlers": [], "level": "ERROR"},
    },
}
