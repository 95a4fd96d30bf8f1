"""Where do uploads and static files lie?"""

from hygie.shell.settings.base import HOME

MEDIA_ROOT = str(HOME / "documents")
STATIC_URL = "/static/"
STATIC_ROOT = str(HOME / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hygie.foundation.design.staticfiles.HygieStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = str(HOME / "incoming")
