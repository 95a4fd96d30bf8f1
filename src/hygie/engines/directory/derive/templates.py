"""Which settings of a certificate template allow what, as far as they are told?

Every question has three answers: yes, no, and not told. One known setting that forbids is enough
for "no", whatever is not told beside it.
"""

from dataclasses import dataclass

from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.vocabulary import Flag, Number, Text

AGENT = "1.3.6.1.4.1.311.20.2.1"  # certificate request agent
ANY_PURPOSE = "2.5.29.37.0"
CLIENT = "1.3.6.1.5.5.7.3.2"
_DNS = (Flag.SUBJECT_ALT_DNS, Flag.SUBJECT_ALT_DOMAIN_DNS)


def both(*answers: bool | None) -> bool | None:
    """Whether all hold: no as soon as one does not, else not told as soon as one is not."""
    if False in answers:
        return False
    return None if None in answers else True


def either(*answers: bool | None) -> bool | None:
    """Whether one holds: yes as soon as one does, else not told as soon as one is not."""
    if True in answers:
        return True
    return None if None in answers else False


def opposite(answer: bool | None) -> bool | None:
    """The other answer; not told stays not told."""
    return None if answer is None else not answer


@dataclass(frozen=True, slots=True)
class Template:
    """The settings of one template; each None when not told.

    Attributes:
        approval: a manager has to approve. unsigned: no other signature is needed (one is never
            asked for by schema version 1). chosen: the requester writes the subject.
        logs_on: certificates log on to the domain. schannel: they log on over TLS.
        bare: no security extension is added. by_name: subject holds the UPN or a SPN.
        by_dns: it holds the host name. needs_dns: only who has a host name can enrol.
        is_agent: certificates allow asking for somebody else.
        for_others: certificates may be asked for by an agent.
    """

    approval: bool | None
    unsigned: bool | None
    chosen: bool | None
    logs_on: bool | None
    schannel: bool | None
    bare: bool | None
    by_name: bool | None
    by_dns: bool | None
    needs_dns: bool | None
    is_agent: bool | None
    for_others: bool | None

    @property
    def is_open(self) -> bool | None:
        """Whether whoever may enrol gets the certificate at once."""
        return both(opposite(self.approval), self.unsigned)


def told_of(facts: DirectoryFacts, index: int, flag: Flag) -> bool | None:
    """One yes-or-no fact of one object, None when not told."""
    bit = 1 << flag
    if not int(facts.known[index]) & bit:
        return None
    return bool(int(facts.value[index]) & bit)


def template_of(facts: DirectoryFacts, index: int) -> Template:
    """Read the settings of one template."""

    def told(flag: Flag) -> bool | None:
        return told_of(facts, index, flag)

    schema = _number(facts, Number.TEMPLATE_SCHEMA, index)
    signatures = _number(facts, Number.AUTHORIZED_SIGNATURES, index)
    is_first = None if schema is None else schema == 1
    uses = _texts(facts, Text.EKU, index)
    client = None if uses is None else CLIENT in uses or ANY_PURPOSE in uses or not uses
    schannel = told(Flag.SCHANNEL_AUTHENTICATION)
    policies = _texts(facts, Text.APPLICATION_POLICY, index)
    one_agent = both(
        None if signatures is None else signatures == 1,
        None if policies is None else AGENT in policies,
    )
    return Template(
        approval=told(Flag.MANAGER_APPROVAL),
        unsigned=either(is_first, None if signatures is None else signatures == 0),
        chosen=told(Flag.SUBJECT_SUPPLIED),
        logs_on=told(Flag.AUTHENTICATION_ENABLED),
        schannel=client if schannel is None else schannel,
        bare=told(Flag.NO_SECURITY_EXTENSION),
        by_name=either(told(Flag.SUBJECT_ALT_UPN), told(Flag.SUBJECT_ALT_SPN)),
        by_dns=told(Flag.SUBJECT_ALT_DNS),
        needs_dns=either(*(told(flag) for flag in _DNS)),
        is_agent=None if uses is None else AGENT in uses or ANY_PURPOSE in uses,
        for_others=either(is_first, one_agent),
    )


def _number(facts: DirectoryFacts, column: Number, index: int) -> int | None:
    found = facts.numbers.get(column)
    return None if found is None or found[index] < 0 else int(found[index])


def _texts(facts: DirectoryFacts, column: Text, index: int) -> tuple[str, ...] | None:
    """The values; None when not told. A template told to be read has no value by having none."""
    found = facts.texts.get(column, {}).get(index)
    if found is not None:
        return (found,) if isinstance(found, str) else found
    is_read = int(facts.known[index]) & 1 << Flag.AUTHENTICATION_ENABLED
    return () if is_read else None
