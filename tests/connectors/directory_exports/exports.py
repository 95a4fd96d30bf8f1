"""Small exports made by hand, including those that no honest collector would write."""

import json
import zipfile
from pathlib import Path
from typing import Any

from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.messages import Report
from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts
from hygie.engines.directory.vocabulary import Flag

DOMAIN = "S-1-5-21-1-2-3"
METHODS = 521_215


def sid(rid: int) -> str:
    """The SID of an account of the domain."""
    return f"{DOMAIN}-{rid}"


def record(identifier: str, name: str, properties: Any = None, **more: Any) -> dict[str, Any]:
    """An object of the domain HOPITAL.FR."""
    own = {
        "domain": "HOPITAL.FR",
        "domainsid": DOMAIN,
        "name": name,
        "distinguishedname": f"CN={name},DC=HOPITAL,DC=FR",
    }
    return {"ObjectIdentifier": identifier, "Properties": {**own, **(properties or {})}, **more}


def named(identifier: str, kind: str = "User") -> dict[str, str]:
    """A reference to an object."""
    return {"ObjectIdentifier": identifier, "ObjectType": kind}


def ace(principal: str, right: str, inherited: bool = False) -> dict[str, Any]:
    """A right of a principal."""
    return {
        "PrincipalSID": principal,
        "PrincipalType": "User",
        "RightName": right,
        "IsInherited": inherited,
    }


def document(kind: str, data: list[Any], **meta: Any) -> bytes:
    """One file of an export."""
    about = {"methods": METHODS, "type": kind, "count": len(data), "version": 6, **meta}
    return json.dumps({"data": data, "meta": about}).encode()


def archive(path: Path, members: dict[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return path


def read(path: Path) -> tuple[DirectoryExport, DirectoryFacts, Report]:
    """The export, its facts and what was said."""
    report = Report(path.name)
    export = read_sharphound(path, report)
    assert export.facts is not None
    return export, export.facts, report


def read_records(
    folder: Path, kind: str, *data: Any, **meta: Any
) -> tuple[DirectoryExport, DirectoryFacts, Report]:
    """Read an export of one file."""
    path = folder / f"20240305110018_{kind}.json"
    path.write_bytes(document(kind, list(data), **meta))
    return read(path)


def told(facts: DirectoryFacts, identifier: str, flag: Flag) -> bool | None:
    """A flag of one object, None when unknown."""
    index = facts.identifiers.index(identifier)
    return bool(facts.is_set(flag)[index]) if facts.is_known(flag)[index] else None
