"""Which facts does a SharpHound record tell about its own object?"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import UNSET, Raw

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound_names import (
    ACCOUNT_BITS,
    ACCOUNT_DISABLED,
    CLUSTER_SERVICE,
    COMPUTER_BITS,
    FLAGS,
    REVERSIBLE_STORE,
    STRONG_BINDING,
    WEAK_MAPPING,
)
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sharphound_records import (
    ObjectRecord,
    Properties,
    RegistryNumber,
    Texts,
)
from hygie.connectors.directory_exports.sharphound_values import (
    days_of,
    encryption_of,
    level_of,
    seconds_of,
    small_of,
    truth_of,
    whole_of,
)
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import NEVER, UNKNOWN
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

_FLAG_BITS = tuple((name, 1 << flag) for name, flag in FLAGS.items())
_NUMBERS: Mapping[str, tuple[Number, Callable[[Any], int | None]]] = {
    "machineaccountquota": (Number.MACHINE_QUOTA, small_of),
    "minpwdlength": (Number.MIN_PASSWORD_LENGTH, small_of),
    "maxpwdage": (Number.MAX_PASSWORD_AGE_DAYS, days_of),
    "functionallevel": (Number.FUNCTIONAL_LEVEL, level_of),
    "authorizedsignatures": (Number.AUTHORIZED_SIGNATURES, small_of),
    "schemaversion": (Number.TEMPLATE_SCHEMA, small_of),
}
_TEXTS: Mapping[str, Text] = {
    "samaccountname": Text.SAM_NAME,
    "distinguishedname": Text.DISTINGUISHED_NAME,
    "operatingsystem": Text.OPERATING_SYSTEM,
    "dnshostname": Text.DNS_NAME,
    "gpcpath": Text.GPC_PATH,
    "certthumbprint": Text.CERT_THUMBPRINT,
}
_LISTS: Mapping[str, Text] = {
    "effectiveekus": Text.EKU,
    "applicationpolicies": Text.APPLICATION_POLICY,
    "certificatepolicy": Text.ISSUANCE_POLICY,
    "certthumbprints": Text.CERT_THUMBPRINT,
    "certchain": Text.CERT_CHAIN,
}
_COMPUTER_BITS = {**ACCOUNT_BITS, **COMPUTER_BITS}
_SECRETS = ("userpassword", "unixpassword", "unicodepassword", "sfupassword")
_ACCOUNTS = frozenset({ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT})
_NO_SECRET = (b"", b"null", b'""', b"[]")
_FALSE_IF_REPEATED = 1 << Flag.ACES_COLLECTED | 1 << Flag.DOMAIN_COLLECTED


class ObjectFacts:
    """States the facts of one object after the other in a builder."""

    def __init__(self, builder: FactsBuilder, notes: Notes, limits: ExportLimits) -> None:
        self._builder = builder
        self._notes = notes
        self._limits = limits

    def kind_of(self, record: ObjectRecord, kind: ObjectKind) -> ObjectKind:
        """What the object is: service accounts are managed when the directory renews them."""
        properties = record.properties
        if properties is None or kind not in (ObjectKind.USER, ObjectKind.COMPUTER):
            return kind
        is_managed = truth_of(properties.gmsa) or truth_of(properties.msa)
        return ObjectKind.MANAGED_ACCOUNT if is_managed else kind

    def state(self, index: int, record: ObjectRecord, kind: ObjectKind, *, repeated: bool) -> None:
        """State what a record tells of object `index`; its relations aside."""
        known = value = 0
        properties = record.properties
        if properties is not None:
            known, value = self._flags(properties, kind)
            self._instants(index, properties, kind)
            self._texts(index, properties, kind)
            # A domain that was only named carries the default values of its collector.
            if kind != ObjectKind.DOMAIN or truth_of(properties.collected) is not False:
                self._numbers(index, properties, kind)
                if kind == ObjectKind.DOMAIN:
                    known, value = self._policy(index, properties, known, value)
            listed = self._lists(index, properties)
            known, value = known | listed[0], value | listed[1]
        told = self._told(record, kind, known)
        known, value = known | told[0], value & ~told[0] | told[1]
        if repeated:
            known, value = self._compared(index, known, value)
        self._builder.flags(index, known, value)

    def _compared(self, index: int, known: int, value: int) -> tuple[int, int]:
        """Count what differs from what an earlier record of the object told."""
        before, was = self._builder.flags_of(index)
        # A record without rights takes nothing away from one that has them.
        kept = _FALSE_IF_REPEATED & before & was & ~value
        known &= ~kept
        differing = before & known & (was ^ value)
        for flag in Flag:
            if differing >> flag & 1:
                self._notes.contradictions[flag.name.lower()] += 1
        return known, value

    def _flags(self, properties: Properties, kind: ObjectKind) -> tuple[int, int]:
        known = value = 0
        control = whole_of(properties.useraccountcontrol)
        if control is not None and control > 0:
            known, value = _account_flags(control, kind)
        for name, bit in _FLAG_BITS:
            told = getattr(properties, name)
            if told is None:
                continue
            if told is not True and told is not False:
                truth = truth_of(told)
                if truth is None:
                    # adminCount may be any number.
                    truth = _truth_of_number(told) if name == "admincount" else None
                if truth is None:
                    self._notes.ignore(name, told)
                    continue
                told = truth
            known |= bit
            value = value | bit if told else value & ~bit
        for name in _SECRETS:
            secret: Raw = getattr(properties, name)
            if bytes(secret) not in _NO_SECRET:
                self._notes.secrets += 1
        return known, value

    def _told(self, record: ObjectRecord, kind: ObjectKind, known: int) -> tuple[int, int]:
        """Flags that a record tells beside its properties: bits known, bits that are true."""
        facts: dict[Flag, bool | None] = {}
        is_stub = record.properties is None or record.properties.distinguishedname is None
        if record.aces is not UNSET and (record.aces or not is_stub):
            facts[Flag.ACES_COLLECTED] = bool(record.aces)
        # "Not protected" is what a stub says too: it counts beside rights only.
        if not known >> Flag.ACL_PROTECTED & 1 and (record.protected or record.aces):
            facts[Flag.ACL_PROTECTED] = record.protected
        if kind == ObjectKind.COMPUTER and not known >> Flag.IS_DC & 1:
            facts[Flag.IS_DC] = record.is_dc
        if kind in _ACCOUNTS and not known >> Flag.UNCONSTRAINED_DELEGATION & 1:
            facts[Flag.UNCONSTRAINED_DELEGATION] = record.unconstrained
        if record.sid_history:
            facts[Flag.SID_HISTORY] = True
        if record.deleted:
            facts[Flag.DELETED] = True
        facts |= _registry_facts(record)
        bits = sum(1 << flag for flag, fact in facts.items() if fact is not None)
        return bits, sum(1 << flag for flag, fact in facts.items() if fact)

    def _instants(self, index: int, properties: Properties, kind: ObjectKind) -> None:
        created = self._seconds("whencreated", properties.whencreated)
        if created > NEVER:
            self._builder.instant(index, Instant.CREATED, created)
        if kind not in _ACCOUNTS:
            return
        self._builder.instant(
            index, Instant.PASSWORD_SET, self._seconds("pwdlastset", properties.pwdlastset)
        )
        own = self._seconds("lastlogon", properties.lastlogon)
        replicated = properties.lastlogontimestamp
        latest = self._seconds("lastlogontimestamp", replicated)
        if replicated is not None and latest == UNKNOWN and whole_of(replicated) == -1:
            latest = NEVER  # the attribute is absent until a first logon
        # Zero on one controller says nothing of the others.
        if own > NEVER:
            latest = max(own, latest)
        self._builder.instant(index, Instant.LAST_LOGON, latest)

    def _seconds(self, name: str, value: Any) -> int:
        if value is None:
            return UNKNOWN
        found = seconds_of(value)
        if found is None:
            self._notes.ignore(name, value)
            return UNKNOWN
        return found

    def _numbers(self, index: int, properties: Properties, kind: ObjectKind) -> None:
        for name, (column, parse) in _NUMBERS.items():
            value = getattr(properties, name)
            if value is None:
                continue
            found = parse(value)
            if found is None:
                self._notes.ignore(name, value)
            else:
                self._builder.number(index, column, found)
        control = small_of(properties.useraccountcontrol)
        if control:
            self._builder.number(index, Number.UAC, control)
        if properties.supportedencryptiontypes is not UNSET and kind in _ACCOUNTS:
            bits = encryption_of(properties.supportedencryptiontypes)
            if bits is None:
                self._notes.ignore("supportedencryptiontypes", properties.supportedencryptiontypes)
            else:
                self._builder.number(index, Number.ENCRYPTION_TYPES, bits)

    def _texts(self, index: int, properties: Properties, kind: ObjectKind) -> None:
        for name, column in _TEXTS.items():
            text = getattr(properties, name)
            if text:
                self._builder.text(index, column, self.clean(text))
        for name, column in _LISTS.items():
            texts = self.texts_of(getattr(properties, name))
            if texts:
                self._builder.text(index, column, texts)
        if kind == ObjectKind.ISSUANCE_POLICY:
            own = properties.certtemplateoid or properties.oid
            self._builder.text(index, Text.ISSUANCE_POLICY, (self.clean(own),) if own else ())

    def _lists(self, index: int, properties: Properties) -> tuple[int, int]:
        """Lists that also tell flags: bits known, bits that are true."""
        facts: dict[Flag, bool] = {}
        if properties.serviceprincipalnames is not UNSET:
            names = self.texts_of(properties.serviceprincipalnames)
            self._builder.text(index, Text.SPN, names)
            if properties.hasspn is None:
                facts[Flag.HAS_SPN] = bool(names)
            facts[Flag.IS_CLUSTER] = any(name.upper().startswith(CLUSTER_SERVICE) for name in names)
        if properties.sidhistory is not UNSET:
            history = self.texts_of(properties.sidhistory)
            self._builder.text(index, Text.SID_HISTORY, history)
            facts[Flag.SID_HISTORY] = bool(history)
        if properties.operatingsystem:
            facts[Flag.IS_SERVER_OS] = "SERVER" in properties.operatingsystem.upper()
        return (
            sum(1 << flag for flag in facts),
            sum(1 << flag for flag, fact in facts.items() if fact),
        )

    def _policy(
        self, index: int, properties: Properties, known: int, value: int
    ) -> tuple[int, int]:
        store = small_of(properties.pwdproperties)
        if store is not None:
            bit = 1 << Flag.REVERSIBLE_POLICY
            known, value = known | bit, value | (bit if store & REVERSIBLE_STORE else 0)
        elif properties.pwdproperties is not None:
            self._notes.ignore("pwdproperties", properties.pwdproperties)
        heuristics = properties.dsheuristics
        if heuristics is not None and heuristics != "":
            text = str(heuristics) if isinstance(heuristics, str | int) else ""
            if text.isascii() and text.isalnum():
                self._builder.text(index, Text.DS_HEURISTICS, self.clean(text))
                bit = 1 << Flag.DS_HEURISTICS_COLLECTED
                known, value = known | bit, value | bit
            else:
                self._notes.ignore("dsheuristics", heuristics)
        return known, value

    def clean(self, text: str) -> str:
        """Cut a text to the limit, without control characters."""
        if len(text) > self._limits.text:
            self._notes.cut += 1
            text = text[: self._limits.text]
        if text.isprintable():
            return text
        return "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
        )

    def texts_of(self, value: Texts | Any) -> tuple[str, ...]:
        """The texts of a list that may be absent, null, or a single text."""
        if not value:
            return ()
        values = [value] if isinstance(value, str) else value
        if len(values) > self._limits.values:
            self._notes.cut += 1
            values = values[: self._limits.values]
        return tuple(self.clean(one) for one in values if one)


def _truth_of_number(value: Any) -> bool | None:
    number = whole_of(value)
    return None if number is None else number != 0


def _account_flags(control: int, kind: ObjectKind) -> tuple[int, int]:
    """Flags of userAccountControl: bits known, bits that are true."""
    bits = _COMPUTER_BITS if kind == ObjectKind.COMPUTER else ACCOUNT_BITS
    known = 1 << Flag.ENABLED
    value = 0 if control & ACCOUNT_DISABLED else known
    for bit, flag in bits.items():
        known |= 1 << flag
        if control & bit:
            value |= 1 << flag
    return known, value


def _registry_facts(record: ObjectRecord) -> dict[Flag, bool | None]:
    """What the registry of a domain controller or of a certification authority tells."""
    facts: dict[Flag, bool | None] = {}
    if record.controller is not None:
        binding = _collected(record.controller.binding)
        mapping = _collected(record.controller.mapping)
        if binding is not None:
            facts[Flag.STRONG_CERTIFICATE_BINDING] = binding == STRONG_BINDING
        if mapping is not None:
            facts[Flag.WEAK_CERTIFICATE_MAPPING] = bool(mapping & WEAK_MAPPING)
    if record.authority is not None:
        san, agents = record.authority.user_san, record.authority.agents
        if san is not None and san.collected:
            facts[Flag.CA_USER_SAN] = truth_of(san.value)
        if agents is not None and agents.collected:
            facts[Flag.CA_AGENT_RESTRICTIONS] = bool(agents.restrictions)
    return facts


def _collected(number: RegistryNumber | None) -> int | None:
    """A number of the registry; None when it was not collected, or is not set there."""
    if number is None or not number.collected:
        return None
    return small_of(number.value)
