"""How are the objects of an audit read, a few at a time, from its pack?"""

import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.packing import TextColumn, column_of
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.selectors import document_path
from hygie.operations.directory.errors import NoFacts
from hygie.operations.directory.models import DirectoryAudit, Forest

# Of the packs of a worker process: two audits compared, no more.
_KEPT = 2


class Pack(Mapping[str, NDArray[Any]]):
    """Arrays of one audit, each read from the disk the first time it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as archive:
            self._names = {name.removesuffix(".npy") for name in archive.namelist()}
        self._read: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._read:
            if name not in self._names:
                raise KeyError(name)
            with np.load(self._path, allow_pickle=False) as arrays:
                self._read[name] = arrays[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @property
    def names(self) -> TextColumn:
        """Shown names, by object index."""
        return column_of(self, "facts.names")

    @property
    def identifiers(self) -> TextColumn:
        """SID or GUID, by object index."""
        return column_of(self, "facts.identifiers")

    def objects_of(self, point: str) -> NDArray[np.int32]:
        """Indices of the objects concerned by a control point; empty when it has none."""
        return self.get(f"point.{point}", np.zeros(0, np.int32))

    def excepted_of(self, point: str) -> NDArray[np.int32]:
        """Indices of the objects set aside by an accepted risk."""
        return self.get(f"excepted.{point}", np.zeros(0, np.int32))

    def index_of(self, identifier: str) -> int | None:
        """Object of this identifier, None when there is none. Cost: one pass over the bytes."""
        wanted = identifier.upper()
        found = self.identifiers.matching(wanted, 200)
        return next((at for at in found if self.identifiers[at] == wanted), None)


def pack_of(audit: DirectoryAudit) -> Pack:
    """The pack of an audit that the caller may read.

    Raises:
        NoFacts: the audit holds verdicts only. DocumentDamaged: its file changed on disk.
    """
    if audit.pack is None:
        raise NoFacts
    return _pack(str(_path(audit.pack)))


def _path(document: Document) -> Path:
    return document_path(document)


@lru_cache(maxsize=_KEPT)
def _pack(path: str) -> Pack:
    # The name of a stored file is the hash of its bytes: the same path never holds other arrays.
    return Pack(Path(path))


def object_name(forest: Forest, identifier: str) -> str:
    """Name of an object in the latest audit of a forest; "" when it is not there."""
    latest = (
        DirectoryAudit.objects.filter(forest=forest, pack__isnull=False)
        .select_related("pack")
        .order_by("-effective_on", "-id")
        .first()
    )
    if latest is None or not identifier:
        return ""
    pack = pack_of(latest)
    index = pack.index_of(identifier)
    return "" if index is None else str(pack.names[index])
