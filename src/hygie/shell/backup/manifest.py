"""What does a backup say about itself, so that a restore can check before it touches anything?"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
# Written by the restoring process for the one that lays the rows.
DATABASE = "database"


class ManifestError(ValueError):
    """The manifest is not one of ours; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Content of `manifest.json`.

    Attributes:
        database: "sqlite" or "postgresql".
        hygie, django, server: versions that wrote the archive.
        written_at: ISO instant, UTC.
        migrations: applied ones, [application, name], in the order they were applied.
        rows: table → number of rows.
        columns: table → columns in the order of its file (PostgreSQL only).
        sequences: [table, column, last value, whether it was given out] (PostgreSQL only).
        members: path in the archive → [SHA-256, bytes].
        has_secret: whether secret.key is inside, or given from outside by HYGIE_SECRET_KEY.
    """

    database: str
    hygie: str
    django: str
    server: str
    written_at: str
    migrations: list[list[str]]
    rows: dict[str, int]
    has_secret: bool
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: list[list[Any]] = field(default_factory=list)
    members: dict[str, list[Any]] = field(default_factory=dict)
    format: int = FORMAT

    def text(self) -> str:
        """As JSON, readable by a person."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def manifest_read(path: Path) -> Manifest:
    """Parse and check the shape of a manifest.

    Raises:
        ManifestError: not JSON, another format, a field missing or of another kind.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ManifestError(f"{NAME}: {error}") from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise ManifestError(f"{NAME}: format {FORMAT} expected")
    kinds: dict[str, type] = {
        "database": str, "hygie": str, "django": str, "server": str, "written_at": str,
        "migrations": list, "rows": dict, "has_secret": bool, "columns": dict,
        "sequences": list, "members": dict, "format": int,
    }  # fmt: skip
    for name, kind in kinds.items():
        if not isinstance(data.get(name), kind):
            raise ManifestError(f"{NAME}: {name}")
    if set(data) != set(kinds):
        raise ManifestError(f"{NAME}: {', '.join(sorted(set(data) - set(kinds)))}")
    return Manifest(**data)
