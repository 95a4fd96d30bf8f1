"""Scans are read whatever they leave out, and whatever they hide."""

from pathlib import Path

import pytest

from hygie.connectors.inventories.nmap import read_nmap
from hygie.connectors.inventories.recognise import recognise
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind

HEAD = """<?xml version="1.0"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" start="1700000000" version="7.94">"""
IPV6_ONLY = """<host endtime="1700000100"><status state="up"/>
<address addr="2001:db8::5" addrtype="ipv6"/><ports>
<port protocol="tcp" portid="53"><state state="open"/><service name="domain" product="BIND"
 version="9.18"><cpe>cpe:/a:isc:bind:9.18</cpe></service></port>
<port protocol="udp" portid="53"><state state="open|filtered"/><service name="domain"/></port>
<port protocol="tcp" portid="80"><state state="closed"/></port>
</ports></host>"""
NAMED = """<host><status state="up"/><address addr="10.0.0.5" addrtype="ipv4"/>
<address addr="10.0.0.6" addrtype="ipv4"/>
<address addr="00:50:56:AA:BB:CC" addrtype="mac" vendor="VMware"/>
<hostnames><hostname name="cible" type="user"/><hostname name="Srv5.ch.local" type="PTR"/>
</hostnames>
<ports><port protocol="tcp" portid="445"><state state="open"/></port></ports>
<os><osmatch name="Microsoft Windows Server 2019" accuracy="97">
<osclass type="general purpose" accuracy="97"><cpe>cpe:/o:microsoft:windows_server_2019</cpe>
</osclass>
</osmatch><osmatch name="FreeBSD" accuracy="90"/></os></host>"""
DOWN = '<host><status state="down"/><address addr="10.0.0.9" addrtype="ipv4"/></host>'
END = "</nmaprun>"


def scan(tmp_path: Path, *parts: str, encoding: str = "utf-8") -> Inventory:
    path = tmp_path / "scan.xml"
    path.write_text("\n".join((HEAD, *parts)), encoding=encoding)
    return read_nmap(path)


def host(*ports: int, os: str = "") -> str:
    listed = "".join(
        f'<port protocol="tcp" portid="{port}"><state state="open"/></port>' for port in ports
    )
    return (
        '<host><status state="up"/><address addr="10.1.1.1" addrtype="ipv4"/>'
        f"<ports>{listed}</ports>{os}</host>"
    )


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "services"),
    [("nmap_multiple_port.xml", 13), ("nmap_script_vulners.xml", 1)],
)
def test_real_scans_are_read(real_data: Path, name: str, services: int) -> None:
    inventory = read_nmap(real_data / "nmap" / name)
    (one,) = inventory.observations
    assert len(one.services) == services and one.seen_on is not None


@pytest.mark.real_data
def test_a_scan_of_the_loopback_names_no_machine(real_data: Path) -> None:
    inventory = read_nmap(real_data / "nmap" / "nmap_1port.xml")
    assert not inventory.observations
    (said,) = inventory.report.of(Code.INVENTORY_ADDRESS_SHARED)
    assert (said.row, said.params) == (1, {"value": "127.0.0.1"})


def test_a_loopback_that_a_name_tells_apart_is_kept(tmp_path: Path) -> None:
    named = (
        '<host><status state="up"/><address addr="127.0.1.1" addrtype="ipv4"/><hostnames>'
        '<hostname name="srv-paie" type="PTR"/></hostnames></host>'
    )
    (one,) = scan(tmp_path, named, named.replace("srv-paie", "localhost"), END).observations
    assert one.asset.identifiers == ((IdentifierKind.HOSTNAME, "srv-paie"),)


@pytest.mark.parametrize(
    ("status", "inside", "is_kept"),
    [
        # A list of targets (-sL), and hosts taken for granted (-Pn) behind which nothing answers.
        ('state="unknown" reason="user-set"', "", False),
        ('state="skipped" reason="unknown-response"', "", False),
        ('state="up" reason="user-set"', '<ports><extraports state="filtered"/></ports>', False),
        ('state="up" reason="user-set"', '<ports><extraports state="closed"/></ports>', True),
        ('state="up" reason="user-set"',
         '<ports><port protocol="tcp" portid="22"><state state="closed"/></port></ports>', True),
        ('state="up" reason="user-set"',
         '<address addr="E4:54:E8:11:22:33" addrtype="mac"/>', True),
        ('state="up" reason="echo-reply"', "", True),
    ],
)  # fmt: skip
def test_only_what_answered_is_kept(
    tmp_path: Path, status: str, inside: str, *, is_kept: bool
) -> None:
    one = f'<host><status {status}/><address addr="10.0.0.1" addrtype="ipv4"/>{inside}</host>'
    inventory = scan(tmp_path, one, END)
    assert bool(inventory.observations) is is_kept
    assert len(list(inventory.report.of(Code.INVENTORY_HOSTS_DOWN))) == (not is_kept)


def test_a_host_of_ipv6_only_without_names_is_read(tmp_path: Path) -> None:
    (one,) = scan(tmp_path, IPV6_ONLY, END).observations
    assert one.asset.name == "2001:db8::5"
    assert one.asset.identifiers == ((IdentifierKind.ADDRESS, "2001:db8::5"),)
    assert one.is_kind_guessed


def test_tcp_and_udp_on_one_port_are_two_services(tmp_path: Path) -> None:
    (one,) = scan(tmp_path, IPV6_ONLY, END).observations
    assert [str(service) for service in one.services] == ["53/tcp BIND 9.18", "53/udp domain"]
    assert [service.is_certain for service in one.services] == [True, False]
    assert one.services[0].cpes == ("cpe:/a:isc:bind:9.18",)


def test_several_addresses_names_and_guesses_make_one_host(tmp_path: Path) -> None:
    inventory = scan(tmp_path, NAMED, DOWN, END)
    (one,) = inventory.observations
    assert (one.asset.name, one.asset.kind) == ("Srv5.ch.local", Kind.SERVER)
    assert one.asset.identifiers == (
        (IdentifierKind.MAC, "005056aabbcc"),
        (IdentifierKind.HOSTNAME, "cible"),
        (IdentifierKind.HOSTNAME, "srv5.ch.local"),
        (IdentifierKind.ADDRESS, "10.0.0.5"),
        (IdentifierKind.ADDRESS, "10.0.0.6"),
    )
    assert dict(one.asset.details) == {"os": "Microsoft Windows Server 2019", "is_virtual": True}
    assert one.seen_on == inventory.seen_on is not None
    assert [one.params["count"] for one in inventory.report.of(Code.INVENTORY_HOSTS_DOWN)] == [1]


@pytest.mark.parametrize(
    ("ports", "os", "kind", "role"),
    [
        ((9100, 80), "", Kind.NETWORK, "imprimante"),
        ((104,), "", Kind.DEVICE, None),
        ((104, 443, 5432), "", Kind.SERVER, None),
        ((3389, 445, 135), "", Kind.WORKSTATION, None),
        ((5060,), "", Kind.NETWORK, "téléphone"),
        ((22, 443), "", Kind.SERVER, None),
        ((22,), '<os><osmatch name="x"><osclass type="switch" accuracy="99"/></osmatch></os>',
         Kind.NETWORK, "commutateur"),
        ((445,), '<os><osmatch name="Microsoft Windows 11" accuracy="96"/></os>',
         Kind.WORKSTATION, None),
    ],
)  # fmt: skip
def test_the_kind_is_guessed_from_what_listens(
    tmp_path: Path, ports: tuple[int, ...], os: str, kind: Kind, role: str | None
) -> None:
    (one,) = scan(tmp_path, host(*ports, os=os), END).observations
    assert (one.asset.kind, one.asset.details.get("role")) == (kind, role)


def test_a_name_that_several_hosts_bear_names_none(tmp_path: Path) -> None:
    def one(number: int, name: str, kind: str = "") -> str:
        hostname = f'<hostname name="{name}" type="{kind}"/>' if kind else ""
        service = "" if kind else f'<service name="https" hostname="{name}"/>'
        return (
            f'<host><status state="up"/><address addr="10.0.0.{number}" addrtype="ipv4"/>'
            f"<hostnames>{hostname}</hostnames><ports>"
            f'<port protocol="tcp" portid="443"><state state="open"/>{service}</port>'
            "</ports></host>"
        )

    inventory = scan(
        tmp_path,
        *(one(number, "dhcp.ch.local", "PTR") for number in (1, 2, 3)),
        # What stands before them says its own name; two addresses of the DNS may be one machine.
        one(4, "mandataire"), one(5, "Mandataire"), one(6, "seul"),
        one(7, "srv-a.ch.local", "PTR"), one(8, "srv-a.ch.local", "PTR"), END,
    )  # fmt: skip
    assert [one.asset.name for one in inventory.observations] == [
        "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "seul", "srv-a.ch.local",
        "srv-a.ch.local",
    ]  # fmt: skip
    (told,) = inventory.report.of(Code.INVENTORY_NAMES_SHARED)
    assert told.params == {"count": 2}


def test_a_host_told_once_a_port_is_one_host(tmp_path: Path) -> None:
    (one,) = scan(tmp_path, host(22), host(443), END).observations
    assert [service.port for service in one.services] == [22, 443]


@pytest.mark.parametrize("end", ["", "<host><status state='up'/><addr", host(22)[:-40]])
def test_a_scan_that_stops_is_read_up_to_there_and_this_is_said(tmp_path: Path, end: str) -> None:
    inventory = scan(tmp_path, IPV6_ONLY, end)
    assert inventory.observations[0].asset.name == "2001:db8::5"
    (said,) = inventory.report.of(Code.INVENTORY_TRUNCATED)
    assert said.params["count"] == len(inventory.observations)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE nmaprun SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE nmaprun [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]>',
    ],
)
def test_entities_and_outside_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"{declaration}<nmaprun>{IPV6_ONLY}</nmaprun>", encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_nmap(path)
    assert caught.value.message.code is Code.FILE_DOCTYPE


@pytest.mark.parametrize("text", ["<html></html>", "<nmaprun><a></b></nmaprun>", "bonjour", "<x"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_nmap(path)
    assert caught.value.message.code in {Code.INVENTORY_NOT_KNOWN, Code.FILE_DAMAGED}


def test_a_port_that_a_scanner_tells_without_a_state_is_open(tmp_path: Path) -> None:
    one = (
        '<host><address addr="10.0.0.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="80">'
        '<service name="http" banner="x"/></port><port protocol="tcp" portid="81"/></ports></host>'
    )
    (found,) = scan(tmp_path, one, END).observations
    assert [service.port for service in found.services] == [80]


def test_odd_ports_and_addresses_are_passed_over(tmp_path: Path) -> None:
    odd = (
        '<host><status state="up"/><address addr="nulle part" addrtype="ipv4"/></host>'
        '<host><address addr="10.9.9.9" addrtype="ipv4"/><ports>'
        '<port protocol="tcp" portid="99999"><state state="open"/></port>'
        '<port protocol="ip" portid="1"><state state="open"/></port>'
        '<port protocol="tcp" portid="x"><state state="open"/></port></ports></host>'
    )
    (one,) = scan(tmp_path, odd, END).observations
    assert (one.asset.name, one.services) == ("10.9.9.9", ())


@pytest.mark.parametrize(
    ("declared", "written"),
    # A console that redirects a text rewrites it, and leaves what it declares.
    [("utf-16", "utf-16"), ("UTF-8", "utf-16"), ("utf-16", "utf-8-sig"), ("UTF-8", "utf-8-sig")],
)
def test_a_scan_is_read_in_the_encoding_in_which_it_is(
    tmp_path: Path, declared: str, written: str
) -> None:
    path = tmp_path / "a.xml"
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n<nmaprun>{IPV6_ONLY}</nmaprun>'
    path.write_text(text, encoding=written)
    assert recognise(path).kind is InventoryKind.NMAP
    assert len(read_nmap(path).observations) == 1
