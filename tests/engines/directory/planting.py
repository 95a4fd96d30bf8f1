"""In which words is a fault planted in a sound forest?"""

from collections.abc import Callable
from dataclasses import dataclass

from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text
from tests.engines.directory.beside import trust
from tests.engines.directory.days import days_ago
from tests.engines.directory.hospital import CONFIGURATION, DC, DNS, NAMED, PKI, Hospital

Spoil = Callable[[Hospital], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: what is done, the levels that must fail, the identifiers at fault."""

    spoil: Spoil
    levels: tuple[int, ...]
    guilty: tuple[str, ...] = ()


def flags(name: str, **flags: bool) -> Spoil:
    return lambda forest: forest.set(name, **flags)


def dates(name: str, **instants: int) -> Spoil:
    return lambda forest: forest.date(name, **instants)


def number(name: str, number: Number, value: int) -> Spoil:
    return lambda forest: forest.number(forest.the(name), number, value)


def right(holder: str, kind: EdgeKind, target: str) -> Spoil:
    return lambda forest: forest.give(holder, kind, forest.the(target))


def member(member: str, group: str) -> Spoil:
    return lambda forest: forest.give(member, EdgeKind.MEMBER_OF, forest.the(group))


def trusts(*args: object, **more: object) -> Spoil:
    def spoil(forest: Hospital) -> None:
        forest.trusts = [trust(*args, **more)]  # type: ignore[arg-type]

    return spoil


def steps(*steps: Spoil) -> Spoil:
    def spoil(forest: Hospital) -> None:
        for step in steps:
            step(forest)

    return spoil


def many_admins(count: int, *, same_name: bool = False) -> Spoil:
    def spoil(forest: Hospital) -> None:
        for rid in range(5000, 5000 + count):
            user = forest.add_user(rid)
            if same_name:
                forest.text(user, Text.SAM_NAME, "adm")
            forest.edge(user, EdgeKind.MEMBER_OF, forest.group(512))

    return spoil


def crowd(count: int, spoil_one: Callable[[Hospital, int], None]) -> Spoil:
    def spoil(forest: Hospital) -> None:
        for rid in range(6000, 6000 + count):
            spoil_one(forest, forest.add_user(rid))

    return spoil


def asleep(forest: Hospital, user: int) -> None:
    forest.instant(user, Instant.PASSWORD_SET, days_ago(1500))
    forest.instant(user, Instant.LAST_LOGON, days_ago(500))


def template(**flags: bool) -> Spoil:
    return lambda forest: [
        forest.flag(forest.at(TEMPLATE), Flag[flag], value=value) for flag, value in flags.items()
    ]


DRAFT = f"CN=DRAFT,CN=CERTIFICATE TEMPLATES,{PKI}"
TEMPLATE = f"CN=USER,CN=CERTIFICATE TEMPLATES,{PKI}"
POLICY = "6AC1786C-016F-11D2-945F-00C04FB984F9"
HOLDER = f"CN=ADMINSDHOLDER,CN=SYSTEM,{DC}"
ZONE = f"DC=CHU.EXAMPLE,CN=MICROSOFTDNS,DC=DOMAINDNSZONES,{DC}"
MENU = f"CN=USER-DISPLAY,CN=40C,CN=DISPLAYSPECIFIERS,{CONFIGURATION}"
KDS = f"CN=MASTER ROOT KEYS,CN=GROUP KEY DISTRIBUTION SERVICE,CN=SERVICES,{CONFIGURATION}"
TEAM, ADMIN, NURSE = NAMED["team"], NAMED["admin"], NAMED["nurse"]


def other_zone(forest: Hospital) -> None:
    zone = forest.at(f"DC=LABO,CN=MICROSOFTDNS,DC=DOMAINDNSZONES,{DC}")
    forest.describe(zone, ObjectKind.DNS_ZONE, f"LABO@{DNS}", forest.domain)
    forest.text(zone, Text.DISTINGUISHED_NAME, f"DC=LABO,CN=MICROSOFTDNS,DC=DOMAINDNSZONES,{DC}")
    forest.text(zone, Text.DNS_NAME, "LABO")
    forest.flag(zone, Flag.ZONE_UNSECURE_UPDATE, value=True)


def draft_template(forest: Hospital) -> None:
    template = forest.at(DRAFT)
    forest.describe(template, ObjectKind.CERT_TEMPLATE, "DRAFT", forest.domain)
    forest.text(template, Text.DISTINGUISHED_NAME, DRAFT)
    forest.flag(template, Flag.ACES_COLLECTED, value=True)
    forest.edge(forest.the("team"), EdgeKind.WRITE_DACL, template)


def rebuilt(*dropped: tuple[str, EdgeKind, str]) -> Spoil:
    """Take relations away: builders only add, so they are marked and dropped at the end."""

    def spoil(forest: Hospital) -> None:
        forest.dropped = [
            (forest.the(source), kind, forest.the(target)) for source, kind, target in dropped
        ]

    return spoil


def foreign(forest: Hospital) -> None:
    stranger = forest.intern("S-1-5-21-9-9-9-1105")
    forest.edge(stranger, EdgeKind.MEMBER_OF, forest.builtin(544))


def without_object(name: str) -> Spoil:
    return lambda forest: forest.set(name, DELETED=True)


def service_in_admins(forest: Hospital) -> None:
    forest.give("gmsa", EdgeKind.MEMBER_OF, forest.group(512))
    forest.set("gmsa", HAS_SPN=True, GMSA=True)
