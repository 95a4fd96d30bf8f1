"""How is an invented scan written as the file that nmap would have left?"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from hygie.engines.estate.invented.observed import OpenPort, ScannedHost

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -oX -" start="{start}" version="7.95" xmloutputversion="1.05">
"""


def write_nmap(hosts: Iterable[ScannedHost], path: Path, *, scanned_at: dt.datetime) -> None:
    """Write a scan.

    Args:
        hosts: as `engines.estate.invented.inventories` makes them.
        path: of the XML file; its folder exists.
        scanned_at: when, with its time zone.
    """
    instant = int(scanned_at.timestamp())
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_HEAD.format(start=instant))
        for host in hosts:
            stream.write(_host(host, instant))
        stream.write(f'<runstats><finished time="{instant}" exit="success"/></runstats>\n')
        stream.write("</nmaprun>\n")


def _host(host: ScannedHost, instant: int) -> str:
    family = "ipv6" if ":" in host.address else "ipv4"
    lines = [
        f'<host starttime="{instant}" endtime="{instant}">'
        '<status state="up" reason="arp-response" reason_ttl="0"/>',
        f'<address addr={quoteattr(host.address)} addrtype="{family}"/>',
    ]
    if host.mac:
        mac = ":".join(host.mac[at : at + 2] for at in range(0, 12, 2)).upper()
        lines.append(f'<address addr="{mac}" addrtype="mac"/>')
    if host.hostname:
        lines.append(
            f'<hostnames><hostname name={quoteattr(host.hostname)} type="PTR"/></hostnames>'
        )
    lines.append(f"<ports>{''.join(map(_port, host.ports))}</ports></host>")
    return "\n".join(lines) + "\n"


def _port(port: OpenPort) -> str:
    return (
        f'<port protocol="{port.protocol}" portid="{port.number}">'
        '<state state="open" reason="syn-ack" reason_ttl="0"/>'
        f'<service name={quoteattr(port.service)} method="table" conf="3"/></port>'
    )
