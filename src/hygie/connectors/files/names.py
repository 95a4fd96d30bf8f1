"""Under which name can a file of a user be kept and offered again?"""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"|?*;\x00-\x1f\x7f]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_LONGEST = 120


def clean_file_name(name: str, *, default: str = "document") -> str:
    """Make a name safe for any disk, archive and HTTP header, and still readable.

    Args:
        name: whatever the browser sent: path, control characters, reserved names.
        default: name used when nothing is left.

    Returns:
        1 to 120 characters: no folder, no control or direction-changing character, no leading
        or trailing dot or blank; the extension is kept when the name is cut.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last)
    visible = "".join(
        letter
        for letter in composed
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    spaced = _BLANKS.sub(" ", _FORBIDDEN.sub("_", visible)).strip(" .")
    stem, dot, extension = spaced.rpartition(".")
    if not dot or len(extension) > 10:
        stem, extension = spaced, ""
    suffix = f".{extension}" if extension else ""
    stem = stem[: _LONGEST - len(suffix)].strip(" .") or default
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}{suffix}"[:_LONGEST]
