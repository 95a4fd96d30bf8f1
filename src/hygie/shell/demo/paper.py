"""What do invented proofs look like? One plain page each, valid, tiny, clearly marked."""

_LATIN = "cp1252"


def page(title: str, lines: list[str]) -> bytes:
    """A one-page PDF in Helvetica.

    Args:
        title: large, at the top.
        lines: one below the other.

    Returns:
        The bytes of a valid PDF 1.4.
    """
    text = [f"BT /F1 18 Tf 60 760 Td ({_escaped(title)}) Tj ET"]
    for rank, line in enumerate(lines):
        text.append(f"BT /F1 11 Tf 60 {724 - 18 * rank} Td ({_escaped(line)}) Tj ET")
    stream = "\n".join(text).encode(_LATIN, "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
