"""Settings that need no environment: all that building the image takes."""

import json
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = False

INSTALLED_APPS = ["django.contrib.staticfiles", "boards"]

MIDDLEWARE = [
    "skechwime.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "skechwime.static_files.StaticFilesMiddleware",
    "skechwime.content_security_policy.content_security_policy_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "skechwime.urls"
ASGI_APPLICATION = "skechwime.asgi.application"

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {"staticfiles": {"BACKEND": "skechwime.static_files.StaticFilesStorage"}}
# Every file the pages use carries a hash in its name; the unhashed copies are not needed.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The server reads the same file, so that everything is one stream in one format.
LOGGING = json.loads((BASE_DIR / "logging.json").read_text())
