"""Which applications make the house, and in which order is a request read?"""

from pathlib import Path

from hygie.foundation import environment

PACKAGE = Path(__file__).resolve().parents[2]
REPOSITORY = PACKAGE.parents[1]

# One folder holds all state, so that two instances run side by side and a backup is one archive.
HOME = Path(environment.text("HYGIE_HOME", str(Path.cwd() / "var"))).expanduser().resolve()
# "production" refuses unsafe choices; "demo" says on each page that its data are invented.
PROFILE = environment.text("HYGIE_PROFILE", "production")
if PROFILE not in {"production", "demo", "development", "test"}:
    raise environment.EnvironmentRefused(
        f"HYGIE_PROFILE={PROFILE!r}: expected production, demo, development or test"
    )
DEBUG = PROFILE == "development"
IS_DEMO = PROFILE == "demo"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "hygie.foundation.journal",
    "hygie.foundation.jobs",
    "hygie.foundation.documents",
    "hygie.foundation.imports",
    "hygie.foundation.live",
    "hygie.foundation.design",
    "hygie.territory.organisations",
    "hygie.territory.people",
    "hygie.territory.sheets",
    "hygie.territory.estate",
    "hygie.programme",
    "hygie.progress",
    "hygie.governance.assessment",
    "hygie.governance.exercises",
    "hygie.operations.directory",
    "hygie.operations.impact",
    "hygie.overview",
    "hygie.shell",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hygie.foundation.http.headers.HeadersMiddleware",
    # Outside the static files: an image opened alone is held by the same policy.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before anything reads the body: a file too large is told at once, in words.
    "hygie.foundation.documents.middleware.UploadSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Still before the body is read: who may send one, and how often.
    "hygie.foundation.documents.middleware.UploadPaceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hygie.territory.people.middleware.LanguageMiddleware",
    "hygie.territory.people.middleware.PerimeterMiddleware",
    "hygie.shell.signin.middleware.SecondFactorMiddleware",
    "hygie.foundation.http.errors.RefusalMiddleware",
]

ROOT_URLCONF = "hygie.shell.urls"
WSGI_APPLICATION = "hygie.shell.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the applications': the sign-in pages are ours, not the library's.
        "DIRS": [str(PACKAGE / "shell" / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hygie.shell.context.shell",
            ],
            "builtins": ["hygie.foundation.design.templatetags.design"],
        },
    }
]
FORM_RENDERER = "hygie.foundation.design.forms.HygieFormRenderer"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "locale")]
TIME_ZONE = environment.text("HYGIE_TIME_ZONE", "Europe/Paris")
USE_I18N = True
USE_TZ = True

# Fewest organisations or people that a comparison or an aggregate may speak of.
MINIMUM_GROUP = environment.integer("HYGIE_MINIMUM_GROUP", 8, minimum=5, maximum=1000)

# Told above, looked up below: words of every action, of what its lines detail, and of its codes.
JOURNAL_WORDS = "hygie.shell.journal.words.WORDS"
JOURNAL_DETAIL_WORDS = "hygie.shell.journal.words.DETAIL_WORDS"
JOURNAL_VALUE_WORDS = "hygie.shell.journal.words.VALUE_WORDS"
