"""Which object does an identifier of a SharpHound file name?"""

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sids import identifier_of
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import ObjectKind

LOCAL_GROUP = "LocalGroup"
_DOMAIN_SID = "S-1-5-21-"
_USUAL_LENGTH = 60
_HOST_PARTS = 8  # dashes of S-1-5-21-a-b-c-RID-RID


def is_of_host(identifier: str) -> bool:
    """Whether an identifier is that of a group kept by a host: the SID of the host, then a RID."""
    return identifier.upper().startswith(_DOMAIN_SID) and identifier.count("-") == _HOST_PARTS


class Identifiers:
    """Gives the index of each object, made at its first mention."""

    def __init__(self, builder: FactsBuilder, notes: Notes, limits: ExportLimits) -> None:
        self._builder = builder
        self._notes = notes
        self._limits = limits

    def accepts(self, raw: str) -> bool:
        """Whether a text can identify an object: printable, without blanks, not too long."""
        bare = raw.strip().strip("{}")
        return 0 < len(bare) <= self._limits.identifier and bare.isprintable() and " " not in bare

    def index_of(self, raw: str | None, domain: str) -> int:
        """The object that a record names.

        Args:
            raw: SID or GUID, in any case, with or without braces.
            domain: name of the domain of the record, for the SIDs that every domain has.

        Returns:
            Its index; `ABSENT` when nothing is named, or not so that it can be told.
        """
        if not raw:
            return ABSENT
        if raw.startswith(_DOMAIN_SID) and len(raw) < _USUAL_LENGTH:
            return self._builder.intern(raw)
        if not self.accepts(raw):
            self._notes.ignore("ObjectIdentifier", raw)
            return ABSENT
        text = raw.strip().strip("{}")
        return self._builder.intern(identifier_of(text, domain, domain) if domain else text)

    def local_group(self, raw: str | None, domain: str, name: str = "") -> int:
        """The group of a host that a record names, known as such from then on.

        The groups of a domain controller are those of its domain: they stay what they are.
        """
        index = self.index_of(raw, domain)
        if index != ABSENT and is_of_host(raw or ""):
            self._builder.describe(index, ObjectKind.LOCAL_GROUP, name)
        return index
