"""How is a stored file given back without ever being shown in place?"""

from typing import TypeVar

from django.http import FileResponse
from django.http.response import HttpResponseBase

from hygie.foundation.documents.media import UNKNOWN_MEDIA
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.selectors import document_open

Response = TypeVar("Response", bound=HttpResponseBase)


def document_download(document: Document) -> FileResponse:
    """A download: attachment only, sandboxed, kept by no shared cache.

    The caller has checked the right to read it.

    Raises:
        DocumentDamaged: the file has disappeared or changed size.
    """
    response = FileResponse(
        document_open(document),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type or UNKNOWN_MEDIA,
    )
    return attachment_protect(response)


def attachment_protect(response: Response) -> Response:
    """Headers of anything that a person downloads."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
