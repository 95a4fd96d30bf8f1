"""How is a PDF made from data? The document reads JSON; no user text ever becomes markup."""

import json
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

SHEETS = Path(__file__).parent


def pdf_render(document: Path, data: dict[str, Any], *, language: str = "fr") -> bytes:
    """Compile a Typst document.

    Args:
        document: a `.typ` file of ours; it imports `/sheet.typ` from this folder and reads
            `json(bytes(sys.inputs.data))`.
        data: plain JSON values.
        language: of the document, for hyphenation and screen readers.

    Returns:
        A tagged PDF.

    Raises:
        typst.TypstError: a fault of the document, never of the data.
    """
    source = document.read_text(encoding="utf-8")
    sheet = (SHEETS / "sheet.typ").read_text(encoding="utf-8")
    return bytes(
        typst.compile(  # type: ignore[call-overload]  # its stub forgets the dictionary form
            {"main": source.encode(), "sheet.typ": sheet.encode()},
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "language": language},
            ignore_system_fonts=True,
        )
    )


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The PDF as a download."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
