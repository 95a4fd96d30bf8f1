"""Which machine is this row of a list that mixes several kinds, as inventory tools export them?

Lists of GLPI, OCS Inventory or NetBox tell the kind by a type, a role or a system, and hold
computers beside switches and printers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from hygie.connectors.inventories.assets import details_of
from hygie.connectors.inventories.canonical import hostname_of, identifiers_of
from hygie.connectors.inventories.columns import MACHINES, machine_columns
from hygie.connectors.inventories.link_columns import ON_CLUSTER, ON_HOST
from hygie.connectors.inventories.machines import kind_of_machine
from hygie.connectors.inventories.mapping import subject_of
from hygie.connectors.inventories.roles import PRINTER, RADIO, TELEPHONE
from hygie.connectors.inventories.sheet_rows import SheetRow
from hygie.connectors.inventories.sheets import read_rows
from hygie.connectors.inventories.titles import KIND_WORDS
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.inventories.words import kind_of_word
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.titles import match_titles, normalised
from hygie.connectors.tables.types import Table
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

MACHINE_LIST = "machines"
_IDENTIFYING = frozenset({"serial", "mac", "ip", "hostname", "uuid"})
_CLUES = frozenset({"kind", "role", "os"})
# What a list of the guests of a hypervisor has (RVTools).
_HYPERVISOR = frozenset({"vm", "powerstate"})
_WEAK_SUBJECTS = frozenset(
    {"", AssetKind.SERVER.value, AssetKind.WORKSTATION.value, AssetKind.NETWORK.value}
)
# In the order in which they are looked for: a print server is a server.
_WORDS: tuple[tuple[re.Pattern[str], AssetKind, str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), kind, role)
    for words, kind, role in (
        ("irm|mri|echographes?|automates?|respirateurs?|pousse seringues?|dialyse|mammographes?|ecg"
         "|scanners?|defibrillateurs?|endoscop\\w+|modalites?|dispositifs? medica\\w+"
         "|biomedical\\w*"
         "|analyseurs?|microscopes?|moniteurs? (?:patient|multi\\w+|de surveillance)",
         AssetKind.DEVICE, ""),
        ("serveurs?|servers?|hyperviseurs?|hypervisors?|rack mount|lames?|blades?"
         "|machines? virtuelles?|virtual machines?|vms?|vmware|esxi?", AssetKind.SERVER, ""),
        ("imprimantes?|printers?|multifonctions?|copieurs?|mfp", AssetKind.NETWORK, PRINTER),
        ("telephones?|phones?|voip", AssetKind.NETWORK, TELEPHONE),
        ("bornes?|access points?|wi fi|wifi|wap", AssetKind.NETWORK, RADIO),
        ("switch(?:es|s)?|commutateurs?", AssetKind.NETWORK, "commutateur"),
        ("routeurs?|routers?", AssetKind.NETWORK, "routeur"),
        ("firewalls?|pare feux?", AssetKind.NETWORK, "pare-feu"),
        ("onduleurs?|ups|pdu", AssetKind.NETWORK, "alimentation"),
        ("reseau|network(?:ing)?|kvm|load balancers?", AssetKind.NETWORK, ""),
        ("nas|san|baies? de stockage|stockage|storage", AssetKind.STORE, ""),
        ("portables?|laptops?|notebooks?|desktops?|tours?|towers?|mini tower|all in one"
         "|tout en un|postes?|workstations?|stations?|pc|ordinateurs?|unites? centrales?"
         "|clients? legers?|thin clients?|tablettes?|tablets?|convertibles?|detachables?"
         "|mini pc|low profile desktop|micro ordinateurs?|mac ?book", AssetKind.WORKSTATION, ""),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MachineList:
    """A list of machines, as its titles tell it.

    Attributes:
        usual: kind of a row that tells none; None when nothing may be presumed.
        is_virtual: all are virtual machines.
    """

    usual: AssetKind | None
    is_virtual: bool = False

    def asset(self, reading: SheetRow) -> tuple[AssetRecord, bool] | None:
        """The machine of a row.

        Args:
            reading: the row.

        Returns:
            The machine, and whether its kind is a guess; None when the row is refused.
        """
        kind, role, is_guess = self._kind(reading)
        if kind is None:
            choices = ", ".join(KIND_WORDS[one][1].lower() for one in MACHINES)
            value = reading.text("kind") or reading.text("role")
            reading.refuse("kind", MessageCode.CELL_NOT_CHOICE, value=value, choices=choices)
            return None
        asset = reading.asset(kind)
        if asset is None:
            return None
        found: dict[str, Value | None] = {"role": role, **asset.details}
        if kind is AssetKind.DEVICE:
            found["modality"] = reading.text("kind")
        if self.is_virtual:
            found["is_virtual"] = True
        details = details_of(kind, found)
        pairs = list(asset.identifiers)
        if not any(one is IdentifierKind.HOSTNAME for one, _value in pairs):
            pairs.append((IdentifierKind.HOSTNAME, hostname_of(asset.name)))
        told = msgspec.structs.replace(asset, details=details, identifiers=identifiers_of(pairs))
        return told, is_guess

    def _kind(self, reading: SheetRow) -> tuple[AssetKind | None, str, bool]:
        told = [text for text in (reading.text("kind"), reading.text("role")) if text]
        for text in told:
            if found := _kind_of_type(text):
                return *found, False
        if system := reading.text("os"):
            kind, is_guess = kind_of_machine(system, "", is_virtual=self.is_virtual or None)
            is_bare = is_guess and normalised(system) == "windows"
            return (self.usual or kind) if is_bare else kind, "", is_guess
        # A type that says nothing known may be anything but what is usual.
        return (None if reading.text("kind") else self.usual), "", True


def read_machines(table: Table, inventory: Inventory, *, report: Report) -> int:
    """Read the rows of a list of machines of several kinds.

    Args:
        table: opened with `machine_columns`.
        inventory: completed.
        report: gets the messages.

    Returns:
        Number of rows understood.

    Raises:
        FileRefused: no column names a machine, or too many rows.
    """
    machines = machine_list_of(table.titles) or MachineList(None)
    columns = machine_columns()
    if table.has(ON_CLUSTER.name):
        # Guests move from host to host, and the cluster starts them again.
        links = {name: one for name, one in columns.links.items() if name != ON_HOST.name}
        columns = replace(columns, links=links)
    return read_rows(
        table, machines.asset, inventory, columns=columns, report=report,
        tied=AssetKind.SERVER,
    )  # fmt: skip


def machine_list_of(titles: Sequence[str]) -> MachineList | None:
    """Tell whether these are the titles of a list of machines of several kinds.

    Args:
        titles: by position.

    Returns:
        The list; None when the titles tell one kind, or do not tell machines.
    """
    found = subject_of("", titles)
    said = {normalised(title) for title in titles}
    if said >= _HYPERVISOR:
        return MachineList(AssetKind.SERVER, is_virtual=True)
    positions = match_titles(titles, machine_columns().columns).positions
    is_named = not {"name", "key", "hostname"}.isdisjoint(positions)
    if found not in _WEAK_SUBJECTS or not is_named or _IDENTIFYING.isdisjoint(positions):
        return None
    if _CLUES.isdisjoint(positions) or _names_a_kind(titles, positions.get("name")):
        return None
    if found:
        return MachineList(AssetKind(found))
    return MachineList(AssetKind.WORKSTATION if "os" in positions else None)


def _names_a_kind(titles: Sequence[str], position: int | None) -> bool:
    return position is not None and kind_of_word(titles[position]) is not None


def _kind_of_type(text: str) -> tuple[AssetKind, str] | None:
    said = normalised(text)
    return next(((kind, role) for words, kind, role in _WORDS if words.search(said)), None)
