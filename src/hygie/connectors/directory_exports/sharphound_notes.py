"""What does reading an export leave to say, once rather than a million times?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, shortened

_MOST_NAMES = 30
_SECRET_WORDS = ("password", "pwd")


@dataclass(slots=True)
class Notes:
    """Counts of what was met; `tell` turns them into messages.

    Attributes:
        records, repeated, refused, stubs, deleted: records.
        skipped: objects of types that nothing reads.
        secrets: passwords met in clear.
        cut: texts or lists that were too long.
        broad: policies whose relations are too many.
        rights, keys: unknown names, by how often.
        contradictions: facts by how often two records of one object differ.
        ignored: by property, how many values were not understood, and the first.
    """

    records: int = 0
    repeated: int = 0
    refused: int = 0
    stubs: int = 0
    deleted: int = 0
    skipped: int = 0
    secrets: int = 0
    cut: int = 0
    rights: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    contradictions: Counter[str] = field(default_factory=Counter)
    ignored: dict[str, tuple[int, str]] = field(default_factory=dict)

    def ignore(self, name: str, value: object) -> None:
        """Count a value that was not understood; a secret is not shown."""
        count, first = self.ignored.get(name, (0, ""))
        if not count:
            is_secret = any(word in name for word in _SECRET_WORDS) and isinstance(value, str)
            first = "…" if is_secret else shortened(str(value)[:200])
        if count or len(self.ignored) < _MOST_NAMES * 10:
            self.ignored[name] = (count + 1, first)

    def unknown(self, names: Counter[str], name: str) -> None:
        """Count an unknown name, the first thousand apart."""
        names[name[:100] if len(names) < 1_000 or name in names else "…"] += 1

    def tell(self, report: Report, limits: ExportLimits) -> None:
        """Say it all, each thing once."""
        if self.repeated:
            report.info(MessageCode.DIRECTORY_REPEATED, count=self.repeated)
        if self.contradictions:
            report.warning(
                MessageCode.DIRECTORY_CONTRADICTION,
                facts=_most(self.contradictions),
                count=self.contradictions.total(),
            )
        if self.rights:
            report.info(
                MessageCode.DIRECTORY_RIGHT_UNKNOWN,
                rights=_most(self.rights),
                count=self.rights.total(),
            )
        if self.keys:
            report.info(
                MessageCode.DIRECTORY_KEY_UNKNOWN,
                keys=_most(self.keys),
                count=max(self.keys.values()),
            )
        if self.secrets:
            report.warning(MessageCode.DIRECTORY_SECRET_DROPPED, count=self.secrets)
        if self.cut:
            report.warning(MessageCode.DIRECTORY_TEXT_CUT, limit=limits.text, count=self.cut)
        for name, (count, first) in sorted(self.ignored.items()):
            report.warning(
                MessageCode.DIRECTORY_VALUE_IGNORED, field=name, value=first, count=count
            )

    def counts(self) -> Mapping[str, int]:
        """The figures, for the export to carry."""
        return {
            "records": self.records,
            "repeated": self.repeated,
            "refused": self.refused,
            "stubs": self.stubs,
            "deleted": self.deleted,
            "skipped": self.skipped,
            "secrets": self.secrets,
            "unknown_rights": self.rights.total(),
        }


def _most(names: Counter[str]) -> str:
    return ", ".join(name for name, _count in names.most_common(_MOST_NAMES))
