"""What can be shown of a directory to somebody who must not know whose it is?

Every name, identifier and address becomes a keyed hash: the same under the same key, so that two
exports of one directory can be compared, and of no use without it. Structure, dates, figures and
what the rules look at (RIDs below 1000, well-known SIDs, containers of the system) stay.
"""

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from hygie.engines.directory.builder import authority_of
from hygie.engines.directory.facts import DirectoryFacts, IntArray, Trust
from hygie.engines.directory.vocabulary import Number, Text

SHORTEST_KEY = 16
_FIRST_FREE_RID = 1_000
_RIDS = 1 << 31  # those of Windows, unlocked pools included
_HALF = 16
_ROUNDS = 4
_CACHE = 1 << 16
_DOMAIN_SID = re.compile(r"^S-1-5-21-(\d+)-(\d+)-(\d+)((?:-\d+)*)$")
_WELL_KNOWN = re.compile(r"^(?:(.+?)-)?(S-1-(?!5-21-)[\d-]+)$")
_GUID = re.compile(r"^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$")
_RDN = re.compile(r"((?:[^,\\]|\\.)+)(,|$)")
# Objects of the template of every enterprise: their identifiers are followed by a private number.
_PRIVATE_OID = "1.3.6.1.4.1.311.21.8."
# Names that every directory has, in any language, and that rules look at.
_KEPT = frozenset(
    """
    ADMINSDHOLDER|SYSTEM|USERS|COMPUTERS|BUILTIN|DOMAIN CONTROLLERS|FOREIGNSECURITYPRINCIPALS|
    MANAGED SERVICE ACCOUNTS|KEYS|POLICIES|CONFIGURATION|SCHEMA|SERVICES|SITES|WINDOWS NT|
    DIRECTORY SERVICE|PUBLIC KEY SERVICES|CERTIFICATE TEMPLATES|CERTIFICATION AUTHORITIES|AIA|CDP|
    KRA|OID|ENROLLMENT SERVICES|NTAUTHCERTIFICATES|MICROSOFTDNS|DOMAINDNSZONES|FORESTDNSZONES|
    DNSADMINS|DNSUPDATEPROXY|RID MANAGER$|DFSR-GLOBALSETTINGS|DOMAIN SYSTEM VOLUME|
    MASTER ROOT KEYS|GROUP KEY DISTRIBUTION SERVICE|ACTIVEDIRECTORYUPDATE|PARTITIONS|
    DISPLAYSPECIFIERS|EXTENDED-RIGHTS|WELL KNOWN SECURITY PRINCIPALS|PASSWORD SETTINGS CONTAINER
    """.replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip


def anonymised(facts: DirectoryFacts, key: bytes) -> DirectoryFacts:
    """Replace whatever names somebody or something by a keyed hash.

    Args:
        facts: of any source.
        key: secret of the owner, at least 16 bytes; the same key gives the same hashes.

    Returns:
        Facts of the same shape, in the same order; free texts are gone.

    Raises:
        ValueError: the key is too short.

    Cost: about 10 µs an object.
    Source: HMAC-SHA256, truncated (RFC 2104 §5); RIDs by a Feistel network on 32 bits
        (Luby and Rackoff 1988), so that no two accounts of a domain become one.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"a key of {SHORTEST_KEY} bytes at least is needed")
    mask = _Mask(key)
    texts: dict[Text, Mapping[int, str | tuple[str, ...]]] = {}
    for column, values in facts.texts.items():
        change = mask.texts.get(column)
        if change is not None:
            texts[column] = {index: _each(value, change) for index, value in values.items()}
    identifiers = [mask.identifier(one) for one in facts.identifiers]
    return replace(
        facts,
        identifiers=identifiers,
        rid=np.array([authority_of(one)[1] for one in identifiers], np.int64),
        numbers=_with_groups(facts, mask),
        names=[mask.name(one) for one in facts.names],
        texts=texts,
        trusts=tuple(mask.trust(one) for one in facts.trusts),
    )


def _with_groups(facts: DirectoryFacts, mask: "_Mask") -> Mapping[Number, IntArray]:
    """The numbers, primary groups following the RIDs of the groups."""
    groups = facts.numbers.get(Number.PRIMARY_GROUP_RID)
    if groups is None:
        return facts.numbers
    masked = groups.copy()
    for index in np.flatnonzero(groups >= _FIRST_FREE_RID).tolist():
        found = _DOMAIN_SID.match(facts.identifiers[index])
        domain = "-".join(found.group(1, 2, 3)) if found else ""
        masked[index] = mask.rid(domain, int(groups[index]))
    return {**facts.numbers, Number.PRIMARY_GROUP_RID: masked}


def _each(value: str | tuple[str, ...], change: Callable[[str], str]) -> str | tuple[str, ...]:
    return change(value) if isinstance(value, str) else tuple(change(one) for one in value)


class _Mask:
    """The hashes of one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.label: Callable[[str], str] = lru_cache(_CACHE)(self._label)
        self.host: Callable[[str], str] = lru_cache(_CACHE)(self._host)
        self._domain: Callable[[str], str] = lru_cache(_CACHE)(self._domain_sid)
        self.texts: Mapping[Text, Callable[[str], str]] = {
            Text.SAM_NAME: self._account,
            Text.DISTINGUISHED_NAME: self._distinguished,
            Text.OPERATING_SYSTEM: str,
            Text.SPN: self._service,
            Text.SID_HISTORY: self.identifier,
            Text.GP_LINKS: self.identifier,
            Text.DS_HEURISTICS: str,
            Text.EKU: self._oid,
            Text.APPLICATION_POLICY: self._oid,
            Text.ISSUANCE_POLICY: self._oid,
            Text.DNS_NAME: self.host,
            Text.CERT_THUMBPRINT: self._thumbprint,
            Text.CERT_CHAIN: self._thumbprint,
        }

    def identifier(self, raw: str) -> str:
        """A SID keeps its RID below 1000, a well-known one only loses its domain."""
        found = _DOMAIN_SID.match(raw)
        if found:
            domain = "-".join(found.group(1, 2, 3))
            rids = "".join(f"-{self.rid(domain, int(rid))}" for rid in found[4].split("-") if rid)
            return f"{self._domain(domain)}{rids}"
        known = _WELL_KNOWN.match(raw)
        if known:
            return f"{self.host(known[1])}-{known[2]}" if known[1] else raw
        if _GUID.match(raw):
            hexes = self._hash("guid", raw, 16).hex().upper()
            cuts = (hexes[:8], hexes[8:12], hexes[12:16], hexes[16:20], hexes[20:])
            return "-".join(cuts)
        return self._hash("other", raw, 16).hex().upper() if raw else ""

    def name(self, raw: str) -> str:
        """`NAME@DOMAIN` and `HOST.DOMAIN` keep their shape."""
        account, at, domain = raw.rpartition("@")
        if at:
            return f"{self._account(account)}@{self.host(domain)}"
        return self.host(raw)

    def trust(self, trust: Trust) -> Trust:
        """The partner of a trust."""
        return replace(
            trust,
            partner_sid=self.identifier(trust.partner_sid),
            partner_name=self.host(trust.partner_name),
        )

    def _hash(self, purpose: str, text: str, size: int) -> bytes:
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, "sha256")[:size]

    def _label(self, text: str) -> str:
        upper = text.upper()
        if not text or upper in _KEPT:
            return upper
        return f"X{self._hash('name', upper, 8).hex().upper()}"

    def _host(self, text: str) -> str:
        return ".".join(self.label(part) for part in text.split("."))

    def _account(self, text: str) -> str:
        bare = text.removesuffix("$")
        return self.label(bare) + text[len(bare) :]

    def _distinguished(self, text: str) -> str:
        parts = []
        for part, _comma in _RDN.findall(text):
            kind, _equals, value = part.partition("=")
            parts.append(f"{kind.strip().upper()}={self.label(value)}")
        return ",".join(parts)

    def _service(self, text: str) -> str:
        """The class of a service, then its hosts: `MSSQLSvc/sql1.hopital.fr:1433`."""
        service, *hosts = text.split("/")
        if not hosts:
            return self.label(service)
        kept = service if service.replace("-", "").isalnum() and len(service) <= 30 else "X"
        masked = []
        for host in hosts:
            machine, colon, port = host.partition(":")
            masked.append(self.host(machine) + (f":{port}" if colon and port.isdigit() else ""))
        return "/".join([kept, *masked])

    def _oid(self, text: str) -> str:
        if not re.fullmatch(r"[\d.]+", text):
            return self.label(text)
        if not text.startswith(_PRIVATE_OID):
            return text
        return f"{_PRIVATE_OID}{int.from_bytes(self._hash('oid', text, 7), 'big')}"

    def _thumbprint(self, text: str) -> str:
        return self._hash("certificate", text.upper(), 20).hex().upper()

    def _domain_sid(self, domain: str) -> str:
        digest = self._hash("domain", domain, 12)
        parts = [str(int.from_bytes(digest[at : at + 4], "big")) for at in (0, 4, 8)]
        return "-".join(["S-1-5-21", *parts])

    def rid(self, domain: str, rid: int) -> int:
        """Another RID, never that of another account; those below 1000 stay.

        A permutation of all 32-bit numbers is followed until it leaves the reserved ones.
        """
        if rid < _FIRST_FREE_RID or rid >= _RIDS:
            return rid
        found = self._permuted(domain, rid)
        while not _FIRST_FREE_RID <= found < _RIDS:
            found = self._permuted(domain, found)
        return found

    def _permuted(self, domain: str, number: int) -> int:
        left, right = number >> _HALF, number & 0xFFFF
        for turn in range(_ROUNDS):
            mixed = self._hash(f"rid{turn}", f"{domain}\0{right}", 2)
            left, right = right, left ^ int.from_bytes(mixed, "big")
        return left << _HALF | right
