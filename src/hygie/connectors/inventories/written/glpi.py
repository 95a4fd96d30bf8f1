"""How are invented inventories written as the files that GLPI would have left?"""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_SAME_DAY = (2026, 1, 1, 0, 0, 0)


def write_glpi(documents: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write an archive of inventories, one JSON file a machine; the same documents, the same bytes.

    Args:
        documents: as `engines.estate.invented.inventories` makes them.
        path: of the ZIP archive; its folder exists.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for rank, document in enumerate(documents, start=1):
            member = zipfile.ZipInfo(f"inventory_{rank:05d}.json", _SAME_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, json.dumps(document, ensure_ascii=False, indent=1))
