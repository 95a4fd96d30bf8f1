"""Which directories do the invented establishments run, as their collectors saw them?

The support establishment of the first GHT was seen twice by SharpHound: six months ago the whole
hospital could reach its administrators; last week some of it was mended, and something new had
appeared. A smaller member was seen once by ORADAD, which decides every point.
"""

import datetime as dt
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.directory_exports.oradad_writer import write_oradad
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.invented.hospital import hospital_directory

_SUPPORT, _MEMBER = 0, 1
_NIGHT = dt.time(4, 30, tzinfo=dt.UTC)
# Defects take their objects in turn: those that last come first, to stay on the same ones.
_LASTING = (
    "path_session_of_administrator", "path_authority_host", "kerberos_properties_preauth",
    "dont_expire", "compatible_2000_not_default", "owner", "password_change_server_no_change_45",
    "protected_users", "group_loop", "info_laps", "warning_password_change",
)  # fmt: skip
_MENDED = (
    "adcs_template_auth_enroll_with_name", "path_nested_group", "path_replication",
    "path_policy_of_unit", "path_helpdesk_reset", "delegation_t4d", "password_change_priv",
    "guest", "krbtgt",
)  # fmt: skip
_NEW = ("sidhistory_present", "warning_admincount")
_OF_MEMBER = (
    "owner", "silo_priv", "smartcard_expire_passwords", "rodc_allowed_group", "group_loop",
    "kerberos_properties_encryption", "warning_rid500",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """An export, and the rank of the entity whose directory it is."""

    path: Path
    entity: int


def directories_write(folder: Path, today: dt.date, seed: int) -> tuple[DirectoryFile, ...]:
    """Write every export of a directory, the oldest first.

    Args:
        folder: exists. today: exports were made before it. seed: of the generator.

    Returns:
        Files ready for `hygie directory record`.
    """
    return (
        _by_sharphound(folder, today - dt.timedelta(days=182), seed, (*_LASTING, *_MENDED)),
        _by_sharphound(folder, today - dt.timedelta(days=6), seed, (*_LASTING, *_NEW)),
        _by_oradad(folder, today - dt.timedelta(days=41), seed),
    )


def _by_sharphound(folder: Path, day: dt.date, seed: int, defects: Sequence[str]) -> DirectoryFile:
    moment = _instant(day)
    found = hospital_directory(seed, 4_000, moment, defects=defects, name="CH-VALMORY.LAN")
    path = folder / f"{day:%Y%m%d}_annuaire_CH-VALMORY.zip"
    write_sharphound(found.facts, path, collected_on=moment)
    return DirectoryFile(path, _SUPPORT)


def _by_oradad(folder: Path, day: dt.date, seed: int) -> DirectoryFile:
    moment = _instant(day)
    found = hospital_directory(seed + 1, 1_500, moment, defects=_OF_MEMBER, name="CH-KERLANDEC.LAN")
    path = folder / f"{day:%Y%m%d}_oradad_CH-KERLANDEC.zip"
    with (
        tempfile.TemporaryDirectory() as place,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        root = Path(place)
        write_oradad(found.facts, root, collected_on=moment)
        for file in sorted(root.rglob("*.tsv")):
            archive.write(file, file.relative_to(root).as_posix())
    return DirectoryFile(path, _MEMBER)


def _instant(day: dt.date) -> int:
    return int(dt.datetime.combine(day, _NIGHT).timestamp())
