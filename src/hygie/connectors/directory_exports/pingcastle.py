"""What does a PingCastle health check say of a domain?

The report holds verdicts by rule, and a few facts. It does not hold the objects of the domain: what
it does not list is not known to be absent, so the domain is never said to be collected.

Source: netwrix/pingcastle, Data/HealthcheckData.cs (names of elements, what each level of detail
leaves out).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from hygie.connectors.directory_exports.pingcastle_rules import RULES, Meaning, Rule
from hygie.connectors.directory_exports.sids import is_sid
from hygie.connectors.files.digest import sha256_of
from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.opening import checked_size
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal, shortened
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import (
    UNKNOWN,
    DirectoryExport,
    DirectoryFacts,
    StatedVerdict,
    Trust,
)
from hygie.engines.directory.vocabulary import (
    ExportKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

PINGCASTLE_LIMITS = Limits(max_bytes=500 * MEGABYTE)
_ROOT = "HealthcheckData"
_ENCRYPTED = "EncryptedData"
_LISTS = frozenset({"RiskRules", "DomainControllers", "Trusts"})
_FULL = "Full"
_DEEPEST = 60
_MOST_ITEMS = 20_000
_MOST_DETAILS = 50
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){0,3}", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)
_INDICATORS = (
    "DomainFQDN",
    "ForestFQDN",
    "ForestFunctionalLevel",
    "SchemaVersion",
    "NumberOfDC",
    "GlobalScore",
    "StaleObjectsScore",
    "PrivilegiedGroupScore",
    "TrustScore",
    "AnomalyScore",
    "MaturityLevel",
    "LastADBackup",
    "IsRecycleBinEnabled",
    "Level",
)
_QUARANTINED, _FOREST, _WITHIN_FOREST, _TREAT_AS_EXTERNAL = 0x4, 0x8, 0x20, 0x40


@dataclass(slots=True)
class _Content:
    """What is kept of the report: attributes and texts of the root, and rows of some lists."""

    attributes: dict[str, str] = field(default_factory=dict)
    scalars: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    details: dict[str, list[str]] = field(default_factory=dict)


def read_pingcastle(
    path: Path,
    report: Report,
    *,
    limits: Limits = PINGCASTLE_LIMITS,
    file_name: str = "",
) -> DirectoryExport:
    """Read a report `ad_hc_….xml`.

    A rule that is absent is "not failed" only when all of this holds: the report has the list of
    rules and is of level Full, the version of the engine has the rule, and every rule of the point
    is exact. Otherwise an absent rule says nothing.

    Args:
        path: the file. report: receives what deserves a look.
        limits: size of the file. file_name: name shown to the user.

    Raises:
        FileRefused: not a report, encrypted, malformed, or with a document type.

    Cost: one pass; memory of the rules and of the domain controllers.
    """
    name = file_name or path.name
    report.file = report.file or name
    checked_size(path, limits, file_name=name)
    with path.open("rb") as stream:
        content = _read(stream, name)
    level = content.scalars.get("Level", "")
    if level != _FULL:
        report.warning(MessageCode.PINGCASTLE_LEVEL, level=level)
    collected_on = _instant(content.scalars.get("GenerationDate", ""))
    verdicts = _verdicts(content, report)
    return DirectoryExport(
        kind=ExportKind.PINGCASTLE,
        name=name,
        digest=sha256_of(path),
        tool=shortened(content.scalars.get("EngineVersion", "")),
        collected_on=collected_on,
        facts=_facts(content, collected_on),
        verdicts=verdicts,
        counts={
            "rules": len(content.lists.get("RiskRules", ())),
            "controllers": len(content.lists.get("DomainControllers", ())),
            "trusts": len(content.lists.get("Trusts", ())),
        },
        indicators=_indicators(content),
    )


def _read(stream: IO[bytes], name: str) -> _Content:
    content = _Content()
    try:
        for depth, path, element in _ended(stream, name):
            if depth == 0 and not content.attributes:
                content.attributes = dict(element.attrib)
            elif depth == 1:
                _keep_scalar(content, element)
            elif depth == 2 and path[1] in _LISTS:
                _keep_item(content, path[1], element)
    except DefusedXmlException as error:
        raise refusal(MessageCode.XML_DOCTYPE, file=name) from error
    except ParseError as error:
        line = error.position[0] if error.position else None
        raise refusal(MessageCode.FILE_DAMAGED, file=name, part="", row=line) from error
    return content


def _ended(stream: IO[bytes], name: str) -> Iterator[tuple[int, list[str], Element]]:
    """Elements as they end, each dropped once it was looked at.

    Returns:
        (depth, names from the root to it, element); the root itself comes first, as it begins.
    """
    path: list[str] = []
    stack: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            path.append(tag)
            stack.append(element)
            if len(path) == 1:
                _check_root(tag, name)
                yield 0, path, element
            if len(path) > _DEEPEST:
                raise refusal(MessageCode.FILE_DAMAGED, file=name, part=tag)
            continue
        yield len(path) - 1, path, element
        path.pop()
        stack.pop()
        # Items of a list are looked at whole: theirs are the only branches that are kept so far.
        is_inside_item = len(path) >= 3 and path[1] in _LISTS
        if stack and not is_inside_item:
            stack[-1].remove(element)


def _check_root(tag: str, name: str) -> None:
    if tag == _ENCRYPTED:
        raise refusal(MessageCode.PINGCASTLE_ENCRYPTED, file=name)
    if tag != _ROOT:
        raise refusal(MessageCode.PINGCASTLE_NOT_REPORT, file=name, root=tag)


def _keep_scalar(content: _Content, element: Element) -> None:
    tag = element.tag.rpartition("}")[2]
    if tag in _LISTS:
        content.lists.setdefault(tag, [])
    elif element.text and len(element.text) <= 1_000:
        content.scalars.setdefault(tag, element.text.strip())


def _keep_item(content: _Content, listed: str, element: Element) -> None:
    items = content.lists.setdefault(listed, [])
    if len(items) >= _MOST_ITEMS:
        return
    fields = {child.tag.rpartition("}")[2]: (child.text or "").strip()[:1_000] for child in element}
    items.append({**element.attrib, **fields})
    if listed == "RiskRules":
        lines = [
            shortened((line.text or "").strip())
            for child in element
            if child.tag.rpartition("}")[2] == "Details"
            for line in child
        ]
        own = [line for line in lines if line][:_MOST_DETAILS]
        content.details.setdefault(fields.get("RiskId", ""), []).extend(own)


def _verdicts(content: _Content, report: Report) -> dict[str, StatedVerdict]:
    if "RiskRules" not in content.lists:
        return {}
    fired = {item.get("RiskId", ""): item for item in content.lists["RiskRules"]}
    unknown = sorted(rule for rule in fired if rule and rule not in RULES)
    if unknown:
        report.info(
            MessageCode.PINGCASTLE_RULES_UNKNOWN, rules=", ".join(unknown), count=len(unknown)
        )
    by_point: dict[str, dict[str, Rule]] = {}
    for identifier, rule in RULES.items():
        by_point.setdefault(rule.point, {})[identifier] = rule
    version = _version(content.scalars.get("EngineVersion", ""))
    is_full = content.scalars.get("Level") == _FULL
    found = {}
    for point, rules in by_point.items():
        verdict = _verdict(point, rules, fired, content, version if is_full else ())
        if verdict is not None:
            found[point] = verdict
    return found


def _verdict(
    point: str,
    rules: dict[str, Rule],
    fired: dict[str, dict[str, str]],
    content: _Content,
    version: tuple[int, ...],
) -> StatedVerdict | None:
    """One point; `version` is empty when absent rules tell nothing."""
    firing = {identifier: rule for identifier, rule in rules.items() if identifier in fired}
    details = [
        line
        for identifier in firing
        for line in (
            shortened(f"{identifier}: {fired[identifier].get('Rationale', '')}"),
            *content.details.get(identifier, ()),
        )
    ][:_MOST_DETAILS]
    proven = [rule for rule in firing.values() if rule.meaning is not Meaning.HINT]
    if proven:
        levels = sorted({level for rule in proven for level in rule.levels})
        return StatedVerdict(point, True, tuple(levels), tuple(details))
    if firing:
        return StatedVerdict(point, None, (), tuple(details))
    exact = all(rule.meaning is Meaning.EXACT for rule in rules.values())
    if exact and version and all(rule.since <= version for rule in rules.values()):
        return StatedVerdict(point, False)
    return None


def _version(text: str) -> tuple[int, ...]:
    found = _VERSION.match(text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _instant(text: str) -> int:
    """Seconds since 1970 UTC; the first day of the year 1 is how the tool writes "not known"."""
    found = _INSTANT.fullmatch(text)
    if found is None or text.startswith("0001-"):
        return UNKNOWN
    try:
        moment = datetime.fromisoformat("".join(part or "" for part in found.groups()))
    except ValueError:
        return UNKNOWN
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(int(moment.timestamp()), 0)


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.lower())


def _facts(content: _Content, collected_on: int) -> DirectoryFacts | None:
    """The few facts told directly, on objects that have a SID; None without the SID of the domain.

    Domain controllers have no SID in the report: they cannot be told to be the objects that another
    export describes, so they stay indicators.
    """
    scalars = content.scalars
    sid, dns = scalars.get("DomainSid", "").upper(), scalars.get("DomainFQDN", "").upper()
    if not is_sid(sid):
        return None
    builder = FactsBuilder()
    builder.collected_on = collected_on
    domain = builder.intern(sid)
    builder.describe(domain, ObjectKind.DOMAIN, dns, domain)
    builder.flag(domain, Flag.DOMAIN_COLLECTED, value=False)
    for name, number in (
        ("DomainFunctionalLevel", Number.FUNCTIONAL_LEVEL),
        ("MachineAccountQuota", Number.MACHINE_QUOTA),
    ):
        value = _integer(scalars.get(name, ""))
        if value is not None:
            builder.number(domain, number, value)
    uses_frs = _boolean(scalars.get("UsingNTFRSForSYSVOL", ""))
    builder.flag(domain, Flag.SYSVOL_NTFRS, value=uses_frs)
    if "DSHeuristics" in content.attributes:
        builder.flag(domain, Flag.DS_HEURISTICS_COLLECTED, value=True)
        builder.text(domain, Text.DS_HEURISTICS, content.attributes["DSHeuristics"])
    if _boolean(content.attributes.get("ExpirePasswordsOnSmartCardOnlyAccounts", "")):
        builder.flag(domain, Flag.SMARTCARD_PASSWORDS_EXPIRE, value=True)
    _accounts(builder, scalars, sid, domain)
    if "Trusts" in content.lists:
        builder.flag(domain, Flag.TRUSTS_COLLECTED, value=True)
        builder.trusts.extend(_trust(item, domain) for item in content.lists["Trusts"])
    return builder.build()


def _accounts(builder: FactsBuilder, scalars: dict[str, str], sid: str, domain: int) -> None:
    changed = _instant(scalars.get("KrbtgtLastChangeDate", ""))
    if changed != UNKNOWN:
        krbtgt = builder.intern(f"{sid}-502")
        builder.describe(krbtgt, ObjectKind.USER, domain=domain)
        builder.instant(krbtgt, Instant.PASSWORD_SET, changed)
    enabled = _boolean(scalars.get("GuestEnabled", ""))
    if enabled is not None:
        guest = builder.intern(f"{sid}-501")
        builder.describe(guest, ObjectKind.USER, domain=domain)
        builder.flag(guest, Flag.ENABLED, value=enabled)


def _trust(item: dict[str, str], domain: int) -> Trust:
    attributes = _integer(item.get("TrustAttributes", ""))
    direction = _integer(item.get("TrustDirection", ""))
    sid = item.get("SID", "").upper()
    kind, is_filtered = "unknown", None
    if attributes is not None:
        within, forest = attributes & _WITHIN_FOREST, attributes & _FOREST
        kind = "parent_child" if within else "forest" if forest else "external"
        bit = not attributes & _TREAT_AS_EXTERNAL if kind == "forest" else attributes & _QUARANTINED
        is_filtered = bool(bit)
    return Trust(
        domain=domain,
        partner_sid=sid if is_sid(sid) else "",
        partner_name=item.get("TrustPartner", "").upper(),
        is_inbound=None if direction is None else bool(direction & 1),
        is_outbound=None if direction is None else bool(direction & 2),
        attributes=UNKNOWN if attributes is None else attributes,
        trust_type=kind,
        sid_filtering=is_filtered,
        tgt_delegation=None if attributes is None else bool(attributes & 0x800),
        is_transitive=None if attributes is None else not attributes & 1,
    )


def _indicators(content: _Content) -> dict[str, str]:
    found = {
        name: shortened(content.scalars[name]) for name in _INDICATORS if name in content.scalars
    }
    systems: dict[str, int] = {}
    for item in content.lists.get("DomainControllers", ()):
        system = item.get("OperatingSystem", "")
        if system:
            systems[system] = systems.get(system, 0) + 1
    if systems:
        shown = ", ".join(f"{name} ({count})" for name, count in sorted(systems.items()))
        found["ControllerSystems"] = shortened(shown)
    return found
