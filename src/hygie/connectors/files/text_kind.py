"""Is this beginning of a file a text, and of which kind?"""

import json
import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Nobody's tool writes it by default, and its mark begins as that of UTF-16 does.
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BYTES_PER_CONTROL = 20
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe)\b", re.IGNORECASE)
# After the declaration of an XML text: comments, instructions and the type, up to the root.
_ROOT = re.compile(
    r"<\?xml\b[^>]*\?>(?:\s+|<!--.*?-->|<\?[^>]*\?>|<!doctype\s+[^\[>]*>)*<([a-z_][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ROOTS = frozenset({"html", "head", "body", "script", "iframe"})
_SVG = re.compile(r"<svg\b", re.IGNORECASE)
_YAML_LINE = re.compile(r"^(?:---|%YAML\b|- |['\"]?[\w][\w .-]*['\"]?:(?: |$))")
_DELIMITERS = (";", "\t", ",", "|")


def text_kind(head: bytes, *, whole: bool) -> str:
    """Tell the kind of a text from its beginning.

    Args:
        head: first bytes of the file.
        whole: whether `head` is the whole file.

    Returns:
        Value of a FileType: json, yaml, xml, html, svg, csv, text, or unknown for no text.
    """
    text = decoded_head(head, whole=whole)
    if text is None:
        return "unknown"
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("<"):
        return _markup_kind(stripped)
    if stripped[:1] in {"{", "["} and _looks_json(stripped, whole):
        return "json"
    lines = [line for line in stripped.splitlines()[:60] if line.strip()]
    if _looks_csv(lines):
        return "csv"
    if _looks_yaml(lines):
        return "yaml"
    return "text"


def decoded_head(head: bytes, *, whole: bool) -> str | None:
    """Decode the beginning of a text, or tell that it is none.

    Args:
        head: first bytes of the file.
        whole: whether `head` is the whole file; else its last character may be cut.

    Returns:
        The text, or None when the bytes are not those of a text.
    """
    if head.startswith(_UTF_32):
        return None
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "replace")
    encoding = wide_encoding(head)
    if encoding:
        return head.decode(encoding, "replace")
    # A few control characters are damage in a text; many are a binary file.
    if len(_CONTROLS.findall(head)) > len(head) // _BYTES_PER_CONTROL:
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        if not whole and error.start >= len(head) - 3:
            return head[: error.start].decode("utf-8")
    return head.decode("cp1252", "replace")


def wide_encoding(head: bytes) -> str:
    """Recognise UTF-16 without a byte order mark: mostly Latin text, every other byte NUL.

    Args:
        head: first bytes of the file.

    Returns:
        "utf-16-le", "utf-16-be" or "".
    """
    sample = head[: len(head) // 2 * 2][:4096]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _markup_kind(text: str) -> str:
    html, svg = _HTML.search(text[:4096]), _SVG.search(text[:4096])
    if svg and (not html or svg.start() < html.start()):
        return "svg"
    root = _ROOT.match(text[:4096])
    # A scan tells what its scripts found in elements called so: its root says that it is no page.
    if root and root[1].rpartition(":")[2].lower() not in _HTML_ROOTS:
        return "xml"
    return "html" if html else "xml"


def _looks_json(text: str, whole: bool) -> bool:
    try:
        json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        # Cut in the middle, the error stands at the end, or at the start of a long string; a YAML
        # flow collection fails early.
        is_in_string = error.msg.startswith("Unterminated string")
        return not whole and (is_in_string or error.pos > len(text) // 2)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def _looks_csv(lines: list[str]) -> bool:
    if len(lines) < 2:
        return bool(lines) and lines[0].count(";") + lines[0].count("\t") >= 2
    for delimiter in _DELIMITERS:
        counts = sorted(line.count(delimiter) for line in lines)
        usual = counts[len(counts) // 2]
        steady = sum(count == usual for count in counts)
        if usual >= 1 and steady >= len(lines) * 0.6 and delimiter != ",":
            return True
        if usual >= 1 and steady >= len(lines) * 0.8 and not _looks_yaml(lines):
            return True
    return False


def _looks_yaml(lines: list[str]) -> bool:
    top = [line for line in lines if not line.startswith((" ", "#", "\t"))]
    return bool(top) and sum(bool(_YAML_LINE.match(line)) for line in top) >= len(top) * 0.6
