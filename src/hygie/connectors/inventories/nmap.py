"""Which machines answered a scan, and what listens on them?

Reads the XML of nmap, and of the scanners that write it (masscan): hosts of IPv6 only, without
names, told several times, or cut in the middle. tcp and udp on one port are two services.
"""

from collections.abc import Callable
from pathlib import Path

from hygie.connectors.files.opening import checked_size
from hygie.connectors.inventories.canonical import hostname_of
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.loose import instant_of_epoch
from hygie.connectors.inventories.nmap_hosts import (
    FoundHost,
    FoundPort,
    observation_of,
    shared_names,
)
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.connectors.tables.xml_stream import XmlSink, feed_xml

_ROOT = "nmaprun"


def _never() -> bool:
    return False


def read_nmap(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read the result of a scan.

    Args:
        path: XML written by `nmap -oX`.
        file_name: name shown to the user.
        limits: bounds on the file and on what it says.
        cancelled: asked every 64 KiB.

    Returns:
        One observation a host that answered, its services with it. Its kind is always a guess.

    Raises:
        FileRefused: not such a file, malformed, or one that declares entities.
        ReadingCancelled: asked to.

    Cost: O(size); memory for the hosts.
    Source: nmap.org/book/nmap-dtd.html.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    inventory = Inventory(InventoryKind.NMAP, Report(name), limits=limits)
    scan = _Scan(inventory)
    sink = XmlSink(scan.start, scan.end, scan.text, may_be_cut=True, may_name_type=True)
    with path.open("rb") as stream:
        for _turn in feed_xml(stream, sink, file=name, part=name):
            if cancelled():
                raise ReadingCancelled
    scan.finish(is_cut=sink.is_cut)
    return inventory


class _Scan:
    """Gathers hosts while the text goes by."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.hosts: dict[str, FoundHost] = {}
        self.rank = 0
        self.down = 0
        self.scripts = 0
        self.host: FoundHost | None = None
        self.port: FoundPort | None = None
        self.cpe: list[str] | None = None
        self.is_begun = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self.is_begun:
            self._begin(name, attributes)
        elif name == "host":
            self.rank += 1
            self.host = FoundHost(self.rank, instant_of_epoch(attributes.get("endtime", "")))
        elif name == "script":
            self.scripts += 1
        elif self.host is not None:
            self._inside(self.host, name, attributes)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != _ROOT:
            raise refusal(
                MessageCode.INVENTORY_NOT_KNOWN, file=self.inventory.report.file, accepted="nmap"
            )
        self.is_begun = True
        self.inventory.tool = attributes.get("scanner", "nmap")
        self.inventory.version = attributes.get("version", "")
        self.inventory.seen_on = instant_of_epoch(attributes.get("start", ""))

    def _inside(self, host: FoundHost, name: str, attributes: dict[str, str]) -> None:
        if name == "status":
            host.add_state(attributes)
        elif name == "address":
            host.add_address(attributes)
        elif name == "hostname":
            host.names.append((attributes.get("type", ""), attributes.get("name", "")))
        elif name == "port":
            self.port = FoundPort(attributes.get("protocol", ""), attributes.get("portid", ""))
        elif self.port is not None and name in {"state", "service"}:
            self._of_port(self.port, name, attributes)
        elif name == "extraports":
            host.add_others(attributes)
        elif name == "osmatch":
            host.add_match(attributes)
        elif name == "osclass":
            host.add_class(attributes)
        elif name == "cpe":
            self.cpe = []

    @staticmethod
    def _of_port(port: FoundPort, name: str, attributes: dict[str, str]) -> None:
        if name == "state":
            port.state = attributes.get("state", "")
        else:
            port.told = attributes

    def text(self, text: str) -> None:
        """Text between two elements."""
        if self.cpe is not None:
            self.cpe.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cpe" and self.cpe is not None:
            if self.port is not None:
                self.port.cpes.append("".join(self.cpe))
            self.cpe = None
        elif name == "port" and self.port is not None:
            if self.host is not None and len(self.host.ports) < self.inventory.limits.services:
                self.host.add_port(self.port)
            self.port = None
        elif name == "host" and self.host is not None:
            self._keep(self.host)
            self.host = None

    def _keep(self, host: FoundHost) -> None:
        """Scanners that tell one port at a time tell a host as many times."""
        if not host.is_there or not host.key:
            self.down += 1
            return
        before = self.hosts.get(host.key)
        if before is not None:
            before.absorb(host)
            return
        if len(self.hosts) >= self.inventory.limits.most_assets:
            limit = self.inventory.limits.most_assets
            raise refusal(
                MessageCode.INVENTORY_TOO_LARGE, file=self.inventory.report.file, limit=limit
            )
        self.hosts[host.key] = host

    def finish(self, *, is_cut: bool) -> None:
        """Turn the hosts into observations, and say what was left out."""
        report = self.inventory.report
        if not self.is_begun:
            raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=report.file, accepted="nmap")
        if is_cut and self.host is not None and self.host.key:
            self._keep(self.host)
        shared = shared_names(self.hosts.values())
        if shared:
            report.info(MessageCode.INVENTORY_NAMES_SHARED, count=len(shared))
        for host in self.hosts.values():
            host.names = [one for one in host.names if hostname_of(one[1]) not in shared]
            found = observation_of(host, self.inventory.seen_on)
            if found.asset.identifiers:
                self.inventory.observe(found)
            else:
                report.error(
                    MessageCode.INVENTORY_ADDRESS_SHARED, row=host.rank, value=found.asset.name
                )
        if is_cut:
            report.warning(MessageCode.INVENTORY_TRUNCATED, count=len(self.hosts))
        if self.down:
            report.info(MessageCode.INVENTORY_HOSTS_DOWN, count=self.down)
        if self.scripts:
            report.info(MessageCode.INVENTORY_SCRIPTS_IGNORED, count=self.scripts)
        if not self.hosts and not is_cut:
            report.warning(MessageCode.INVENTORY_EMPTY)
