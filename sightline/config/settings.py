"""Settings. Everything a partnership sets comes from the environment; docs/settings.md lists it."""

import os
import secrets
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from sightline.config.logs import LOGGING as LOGGING
from sightline.config.logs import configure_logs

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent

BASE_URL = os.environ.get("SIGHTLINE_BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = os.environ.get("SIGHTLINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PARTNERSHIP = os.environ.get("SIGHTLINE_PARTNERSHIP", "Castlebrook")
# The day from which Children Act 2004 s.16LA holds here; empty: not yet. Check its commencement.
_DUTY_FROM = os.environ.get("SIGHTLINE_DUTY_TO_SHARE_FROM", "")
DUTY_TO_SHARE_FROM = date.fromisoformat(_DUTY_FROM) if _DUTY_FROM else None
OUTCOME_SET = os.environ.get("SIGHTLINE_OUTCOMES", "")  # empty: the set in force on the day
DEMO = os.environ.get("SIGHTLINE_DEMO") == "1"
# Women of 18 and over who live here: what a MARAC's cases are compared with; 0: nobody has said.
ADULT_WOMEN = int(os.environ.get("SIGHTLINE_ADULT_WOMEN", "104000" if DEMO else "0"))
# "off" is for demonstrations and journeys: who has added none is not asked; every page says so.
SECOND_FACTOR = os.environ.get("SIGHTLINE_SECOND_FACTOR", "on") != "off"
PROXIES = int(os.environ.get("SIGHTLINE_PROXIES", "0"))  # in front of us, whose word we take
# Codes of the councils of this partnership: whose places are kept, whose figures are set beside
# England's.
_COUNCILS = os.environ.get("SIGHTLINE_COUNCILS", "E08999001" if DEMO else "")
COUNCILS = tuple(_COUNCILS.replace(",", " ").split())
# Councils most like these (statistical neighbours), to be compared with; in the demo any three.
_LIKE = "E08000010,E08000018,E08000036" if DEMO else ""
_NEIGHBOURS = os.environ.get("SIGHTLINE_NEIGHBOURS", _LIKE)
NEIGHBOURS = tuple(_NEIGHBOURS.replace(",", " ").split())
READ_TWICE = int(os.environ.get("SIGHTLINE_READ_TWICE", "10"))  # one plain question in so many
# Whom a school rings about a message: the telephone of the council's front door for children.
FRONT_DOOR = os.environ.get("SIGHTLINE_FRONT_DOOR", "01632 960100" if DEMO else "")

# Without a key every process draws its own: safe, but nobody stays signed in over a restart.
# `sightline serve` keeps one in the data folder; `sightline doctor` says when there is none.
SECRET_KEY = os.environ.get("SIGHTLINE_SECRET_KEY") or secrets.token_urlsafe(48)
# What was sealed or signed with an earlier key can still be opened with it.
_OLD_KEYS = os.environ.get("SIGHTLINE_OLD_SECRET_KEYS", "")
SECRET_KEY_FALLBACKS = [key for key in _OLD_KEYS.split(",") if key]
# The keys of the vault: "id:key,id:key", the one in use first; else those of the data folder.
VAULT_KEYS = os.environ.get("SIGHTLINE_VAULT_KEYS", "")
_DATA = os.environ.get("SIGHTLINE_DATA")
VAULT_KEY_FILE = Path(_DATA) / "vault-keys" if _DATA else None
# Where snapshots for figures are kept, and the key of the pseudonyms in them; else in the data
# folder. Without either, figures are counted from the records alone.
_SNAPSHOTS = os.environ.get("SIGHTLINE_SNAPSHOTS") or (_DATA and f"{_DATA}/snapshots")
SNAPSHOTS = Path(_SNAPSHOTS) if _SNAPSHOTS else None
PSEUDONYM_KEY = os.environ.get("SIGHTLINE_PSEUDONYM_KEY", "")  # 32 bytes, base64
PSEUDONYM_KEY_FILE = Path(_DATA) / "pseudonym-key" if _DATA else None
# Where "Leave quickly" leads: a page that anybody might be looking at.
LEAVE_TO = os.environ.get("SIGHTLINE_LEAVE_TO", "https://www.bbc.co.uk/weather")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_structlog",
    "sightline.common",
    "sightline.audit",
    "sightline.access",
    "sightline.accounts",
    "sightline.geography",
    "sightline.directory",
    "sightline.people",
    "sightline.sharing",
    "sightline.vault",
    "sightline.intake",
    "sightline.screening",
    "sightline.research",
    "sightline.meetings",
    "sightline.actions",
    "sightline.escalation",
    "sightline.encompass",
    "sightline.assurance",
    "sightline.insight",
    "sightline.letters",
    "sightline.pathway",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sightline.sharing.middleware.NobodyYetMiddleware",
    "sightline.vault.middleware.OutgoingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sightline.accounts.sessions.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "sightline.sharing.middleware.ForWhomMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sightline.common.middleware.NoStoreMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "sightline.config.urls"
WSGI_APPLICATION = "sightline.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.Jinja2"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "sightline.config.jinja.environment"},
    }
]

# Web and worker get the URL of a role that owns nothing (sightline/config/database.py).
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("SIGHTLINE_APP_DATABASE") or "postgresql:///sightline",
        engine="sightline.common.walled",  # every statement is made for somebody
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"  # what people see; the database keeps UTC
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = Path(os.environ.get("SIGHTLINE_STATIC", ROOT / "build" / "static"))
WHITENOISE_USE_FINDERS = True

SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "sightline.accounts.session_store"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sightline.common.views.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # one notification; files are streamed
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
IMPORT_MAX_BYTES = 200 * 1024 * 1024

# GOV.UK Notify in the place of a mail server, where its key is set.
NOTIFY_KEY = os.environ.get("SIGHTLINE_NOTIFY_KEY", "")
NOTIFY_TEMPLATE = os.environ.get("SIGHTLINE_NOTIFY_TEMPLATE", "")
NOTIFY_URL = os.environ.get("SIGHTLINE_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_RECEIPTS_TOKEN = os.environ.get("SIGHTLINE_NOTIFY_RECEIPTS_TOKEN", "")
EMAIL_BACKEND = os.environ.get("SIGHTLINE_EMAIL_BACKEND") or (
    "sightline.common.govuk_notify.NotifyBackend"
    if NOTIFY_KEY
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = os.environ.get("SIGHTLINE_EMAIL_FOLDER")
EMAIL_HOST = os.environ.get("SIGHTLINE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SIGHTLINE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SIGHTLINE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SIGHTLINE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SIGHTLINE_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SIGHTLINE_EMAIL_FROM", "sightline@castlebrook.example")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PGHISTORY_APPEND_ONLY = True

configure_logs()
