"""Is there an ordinary, non-empty file here, of an acceptable size?"""

from pathlib import Path

from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal


def checked_size(path: Path, limits: Limits, *, file_name: str = "") -> int:
    """Give the size of a file after checking that it can be read at all.

    Args:
        path: where the file lies.
        limits: only `max_bytes` is used.
        file_name: name shown to the user; the path's own by default.

    Returns:
        Size in bytes, from 1 to `limits.max_bytes`.

    Raises:
        FileRefused: missing, empty or too large.
    """
    name = file_name or path.name
    if not path.is_file():
        raise refusal(MessageCode.FILE_MISSING, file=name)
    size = path.stat().st_size
    if size == 0:
        raise refusal(MessageCode.FILE_EMPTY, file=name)
    if size > limits.max_bytes:
        raise refusal(MessageCode.FILE_TOO_LARGE, file=name, size=size, limit=limits.max_bytes)
    return size
