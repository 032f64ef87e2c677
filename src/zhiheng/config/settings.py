"""Django settings, read from the environment; every default suits one machine."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url

from zhiheng.config import embedded
from zhiheng.kernel import ciphers, files

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = Path(os.environ.get("ZHIHENG_DATA", ROOT / "var"))
RULEBOOK_DIR = Path(os.environ.get("ZHIHENG_RULEBOOK", ROOT / "rulebook"))
ciphers.configure(key_path=DATA_DIR / "field-key")
files.configure(root=DATA_DIR)


def _secret_key() -> str:
    """The key from the environment, else one made at first start and kept in the data folder."""
    if key := os.environ.get("ZHIHENG_SECRET_KEY"):
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("ZHIHENG_DEBUG") == "1"
DEMO = os.environ.get("ZHIHENG_DEMO") == "1"
# Who may do what is kept in memory, built by a thread; tests ask the database instead.
COMPETENCE_IN_MEMORY = os.environ.get("ZHIHENG_COMPETENCE_IN_MEMORY", "1") == "1"
DEMO_PASSWORD = os.environ.get("ZHIHENG_DEMO_PASSWORD", "qingheng-demo")
SITE_URL = os.environ.get("ZHIHENG_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = os.environ.get("ZHIHENG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [u for u in os.environ.get("ZHIHENG_ORIGINS", "").split(",") if u]

PAYMENT_GATEWAY_KEY = os.environ.get("ZHIHENG_PAYMENT_GATEWAY_KEY", "")
"""What the payment gateway signs with; without one the simulator's own key is used."""

INSTALLED_APPS = [
    "zhiheng.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "procrastinate.contrib.django",
    "zhiheng.people",
    "zhiheng.ledger",
    "zhiheng.laws",
    "zhiheng.procedures",
    "zhiheng.elements",
    "zhiheng.evidence",
    "zhiheng.documents",
    "zhiheng.payments",
    "zhiheng.clues",
    "zhiheng.cases",
    "zhiheng.supervision",
    "zhiheng.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhiheng.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhiheng.web.middleware.ProblemMiddleware",
    "zhiheng.laws.middleware.ReaderMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhiheng.web.context.shell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "zhiheng.web.templatetags.zh",
                "zhiheng.web.templatetags.zh_work",
                "zhiheng.laws.templatetags.law_words",
            ],
        },
    }
]

ROOT_URLCONF = "zhiheng.config.urls"
WSGI_APPLICATION = "zhiheng.config.wsgi.application"

DATABASES = {
    "default": dj_database_url.config(default=embedded.Cluster(DATA_DIR / "pg").url()),
}
DATABASES["default"].setdefault("OPTIONS", {})
# A connection that died with the database is noticed before a request is given it.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if os.environ.get("ZHIHENG_DB_POOL", "1") == "1":
    # Short attempts: one that goes on through an outage waits longer and longer between its
    # tries, so that people would be refused long after the database is back.
    pool = {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 3}
    DATABASES["default"]["OPTIONS"]["pool"] = pool
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: by login name, locked for a while after wrong passwords, a second factor if one is set.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "certificate_no")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zhiheng.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # axes counts wrong passwords
MFA_ADAPTER = "zhiheng.people.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "执衡"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "zhiheng.people.sign_in.login_name_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "zhiheng.people.sign_in.locked_response"
AXES_DISABLE_ACCESS_LOG = True  # our own security log keeps what has to be kept
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # locked by account, from wherever it is tried

# Unified sign-in (OpenID Connect): on when an address is given; see docs/howto/oidc.md.
OIDC_USERNAME_CLAIM = os.environ.get("ZHIHENG_OIDC_CLAIM", "preferred_username")
SOCIALACCOUNT_ADAPTER = "zhiheng.people.sign_in.UnifiedAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "unified",
                "name": os.environ.get("ZHIHENG_OIDC_NAME", "统一身份认证"),
                "client_id": os.environ.get("ZHIHENG_OIDC_CLIENT", ""),
                "secret": os.environ.get("ZHIHENG_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["ZHIHENG_OIDC_SERVER"]},
            }
        ]
        if os.environ.get("ZHIHENG_OIDC_SERVER")
        else [],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ZHIHENG_STATIC", DATA_DIR / "static"))
STATICFILES_DIRS = [p for p in [DATA_DIR / "front"] if p.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zhiheng.web.static_files.StaticStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if SITE_URL.startswith("https://") else 0
if os.environ.get("ZHIHENG_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# What a page may load: only what this server sends. No inline script or style anywhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": ["'self'"],  # browsers show a PDF in a plug-in of the same address
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
CSRF_FAILURE_VIEW = "zhiheng.web.views.csrf_failure"
WHITENOISE_USE_FINDERS = True
SHELL_MAY = "zhiheng.people.api.may"
SHELL_ROLES = "zhiheng.people.api.Role"

# Documents: official fonts where the organ has them (families by use: song, hei, fangsong, title);
# the bundled Noto fonts stay as fallback. DOCUMENT_SEAL_PORT names the class of a real seal system.
DOCUMENT_FONTS: dict[str, list[str]] = {
    use: [os.environ[name]]
    for use in ("song", "hei", "fangsong", "title")
    if (name := f"ZHIHENG_FONT_{use.upper()}") in os.environ
}
DOCUMENT_FONT_PATHS = [p for p in os.environ.get("ZHIHENG_FONT_PATHS", "").split(":") if p]
DOCUMENT_SEAL_PORT = os.environ.get("ZHIHENG_SEAL_PORT", "")
EVIDENCE_LIMIT = int(os.environ.get("ZHIHENG_EVIDENCE_LIMIT_MB", "200")) * 1024 * 1024

# What went wrong is written where the service keeps its log: the place in the code and the address
# without its query. Django alone would only send it to the administrators.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"log": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["log"], "level": "ERROR", "propagate": True}},
}
