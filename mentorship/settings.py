"""Settings. What the environment may change is read in ``mentorship.environment``."""

from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from mentorship import environment

BASE_DIR = environment.BASE_DIR
VAR_DIR = environment.VAR_DIR

DEBUG = environment.flag("DEBUG", default=True)
SECRET_KEY = environment.secret_key(DEBUG)
ALLOWED_HOSTS = environment.allowed_hosts(DEBUG)
PORT = environment.port()
# Links in letters and printed sheets come from here, never from the request's Host header.
SITE_URL = environment.site_url(PORT)
LETTER_DOMAIN = urlsplit(SITE_URL).hostname  # the right half of Message-ID
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "nastavnik-demo")

INSTALLED_APPS = [
    "mentorship.apps.MentorshipConfig",
    "monitoring.apps.MonitoringConfig",
    "programs.apps.ProgramsConfig",
    "schools.apps.SchoolsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "bs_icon_templates",
    "django_filters",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "schools.middleware.DatabaseAwayMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "schools.middleware.MustChangePasswordMiddleware",
    "schools.middleware.LocalDayMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "mentorship.urls"
WSGI_APPLICATION = "mentorship.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schools.context.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["schools.auth.LoginOrEmailBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"  # home of whoever is signed in
LOGOUT_REDIRECT_URL = "login"
# How many proxies of our own stand in front: 0 takes the address of the connection, N takes the
# N-th from the right of X-Forwarded-For (the part that our own proxies wrote).
TRUSTED_PROXY_HOPS = environment.number("TRUSTED_PROXY_HOPS", 0)
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds; a reset link lives one day
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "ru"
USE_I18N = True
# “Today” above municipalities; a municipality has a zone of its own (schools.local_day).
TIME_ZONE = "Europe/Moscow"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Before the first collectstatic WhiteNoise looks where the files lie.
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = DEBUG and not _COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG and not _COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILES_ROOT = environment.files_root()
STORAGES = {
    # Uploads and papers: no public address, only views behind visible_to serve them.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "mentorship.storage.StaticStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # one September table: a few hundred rows of fields
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

globals().update(environment.email())
EMAIL_TIMEOUT = 15  # seconds without a word from the mail server
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "nastavnik@localhost")

CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # a renderer keeps its memory: renew the child
CELERY_TASK_TIME_LIMIT = 300  # seconds
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Papers wait in a queue of their own and never delay letters; what takes minutes (stacks, packs)
# in a third one and never delays a paper. Each queue has a worker.
CELERY_TASK_DEFAULT_QUEUE = "default"
WORKER_QUEUES = [CELERY_TASK_DEFAULT_QUEUE, "papers", "long"]
CELERY_BEAT_SCHEDULER = "schools.pulse.PulsingScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {
        "task": "schools.tasks.heartbeat",
        "schedule": 20.0,
        "options": {"expires": 60},  # behind a long task they would only pile up
    },
    "password-letters": {
        "task": "schools.tasks.send_password_letters",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "jobs": {"task": "schools.tasks.sweep_jobs", "schedule": 15.0, "options": {"expires": 60}},
    "job-files": {"task": "schools.tasks.expire_job_files", "schedule": crontab(minute=45)},
    "lists": {"task": "schools.tasks.delete_expired_lists", "schedule": crontab(minute=35)},
    "recompute": {
        "task": "programs.tasks.run_recomputes",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "remind": {
        "task": "programs.tasks.remind",
        "schedule": 600.0,
        "options": {"expires": 600},  # the next one does the same
    },
    "letters": {
        "task": "programs.tasks.sweep_letters",
        "schedule": 15.0,
        "options": {"expires": 15},  # the next sweep finds the same letters
    },
    "sheets": {
        "task": "programs.tasks.delete_forgotten_sheets",
        "schedule": crontab(hour=20, minute=15),
    },
    "tick": {"task": "programs.tasks.tick", "schedule": crontab(minute=5)},
}

SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS and not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, by plain HTTP
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    # Other hosts of the same domain are not ours to bind to HTTPS, nor to hand to browsers' lists.
    "security.W005",
    "security.W021",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "schools.views.errors.csrf_failed"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own arrows and ticks are data: images
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"masked": {"()": "schools.logs.MaskSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Those that name the address of a request, with handlers of Django's own while DEBUG.
        "django.request": {"filters": ["masked"]},
        "django.security.csrf": {"filters": ["masked"]},
        "django.server": {"handlers": ["console"], "propagate": False},
        # Both tell of every stylesheet and dictionary they open.
        "weasyprint": {"level": "ERROR"},
        "pymorphy3": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
