"""Where do the bytes of a document lie on this disk?"""

import os
from pathlib import Path

from django.conf import settings

CHUNK = 1024 * 1024


def documents_root() -> Path:
    """Folder of the stored bytes."""
    return Path(settings.MEDIA_ROOT)


def incoming_root() -> Path:
    """Folder of bytes on their way in, on the same file system so that a move is atomic."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return folder


def path_of_digest(sha256: str) -> str:
    """Path relative to the root: built from the hash, no word of a user reaches it."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def move_in(source: Path, relative: str) -> None:
    """Give the bytes their place; identical bytes already there are kept, and touched.

    The touch tells the sweeper that these bytes are wanted again.
    """
    target = documents_root() / relative
    if target.is_file() and target.stat().st_size == source.stat().st_size:
        source.unlink()
        os.utime(target)
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    source.chmod(0o640)
    source.replace(target)
