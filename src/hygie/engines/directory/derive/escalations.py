"""Who can obtain a certificate in somebody else's name, by each way that the facts allow to see?"""

from collections.abc import Iterator

import numpy as np

from hygie.engines.directory.derive.certificates import Authority, accepts_weakly, enrollers_of
from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.memberships import Memberships
from hygie.engines.directory.derive.templates import (
    Template,
    both,
    opposite,
    template_of,
    told_of,
)
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind, Text

_K = EdgeKind
_FULL = (_K.GENERIC_ALL, _K.OWNS, _K.WRITE_OWNER, _K.WRITE_DACL)
TEMPLATE_WRITES = (
    *_FULL, _K.GENERIC_WRITE, _K.WRITE_PKI_NAME_FLAG, _K.WRITE_PKI_ENROLLMENT_FLAG,
)  # fmt: skip
_CONTROLS = (*_FULL, _K.GENERIC_WRITE)
_NONE = np.zeros(0, np.int32)


class Escalations:
    """Derivations about certificates; each relation names the template and the authority."""

    def __init__(
        self, draft: Draft, memberships: Memberships, found: list[Authority], forest: IntArray
    ) -> None:
        self.draft = draft
        self.memberships = memberships
        self.authorities = found
        self.forest = forest
        self.enrollers = enrollers_of(draft)
        facts = draft.facts
        published = np.unique(np.concatenate([_NONE, *(one.templates for one in found)]))
        self.templates: dict[int, Template] = {
            int(index): template_of(facts, int(index))
            for index in published
            if facts.kind[index] == ObjectKind.CERT_TEMPLATE
        }
        self.writers = {kind: _grouped_writers(draft, kind) for kind in TEMPLATE_WRITES}
        self.controls = draft.pairs(*_CONTROLS)
        self.policies = _policies(draft)
        self.agents = draft.pairs(_K.DELEGATED_ENROLLMENT_AGENT)
        self.has_dns = np.isin(facts.kind, (ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT))
        self.has_dns |= facts.is_set(Flag.GMSA) | facts.is_set(Flag.MSA)
        self._weak: dict[tuple[int, Flag], bool | None] = {}

    def derive(self) -> None:
        """Go through each template on each authority where it is published.

        Cost: O(published templates × members of those who may enrol).
        """
        for one in self.authorities:
            for index, template in self._published(one):
                self._requested(one, index, template)
                self._written(one, index, template)
                self._renamed(one, index, template)
        self._asked_for_others()

    def _published(self, one: Authority) -> Iterator[tuple[int, Template]]:
        for index in one.templates.tolist():
            if index in self.templates:
                yield index, self.templates[index]

    def _holds(self, answer: bool | None, template: int) -> bool:
        if answer is None:
            self.draft.not_known(Unexamined.TEMPLATE, template)
        return answer is True

    def _registry(self, one: Authority, answer: bool | None) -> bool:
        if answer is None:
            self.draft.not_known(Unexamined.CA_REGISTRY, one.index)
        return answer is True

    def _enrol(self, one: Authority, index: int) -> IntArray:
        return self.memberships.common(self.enrollers.get(index, _NONE), one.enrollers)

    def _hosts_only(self, sources: IntArray, template: int, needs_dns: bool | None) -> IntArray:
        """Leave out persons when only who has a host name can enrol."""
        facts = self.draft.facts
        inside = sources[sources < len(facts)]
        persons = inside[facts.kind[inside] == ObjectKind.USER]
        persons = persons[~self.has_dns[persons]]
        if len(persons) and not self._holds(opposite(needs_dns), template):
            return np.setdiff1d(sources, persons).astype(np.int32)
        return sources

    def _requested(self, one: Authority, index: int, template: Template) -> None:
        """ESC1, ESC6, ESC13: the certificate is simply asked for."""
        cause = (index, one.index)
        asked = both(template.is_open, template.logs_on)
        if self._holds(both(asked, template.chosen), index):
            self._add(_K.ADCS_ESC1, self._enrol(one, index), one.domains, cause)
        groups = self.policies.get(index, _NONE)
        if len(groups) and self._holds(asked, index):
            self._add(_K.ADCS_ESC13, self._enrol(one, index), groups, cause)
        self._free_names(one, index, template)

    def _free_names(self, one: Authority, index: int, template: Template) -> None:
        """ESC6: the authority lets anybody add names to a request."""
        if not self._registry(one, told_of(self.draft.facts, one.index, Flag.CA_USER_SAN)):
            return
        cause = (index, one.index)
        if self._holds(both(template.is_open, template.logs_on, template.bare), index):
            sources = self._hosts_only(self._enrol(one, index), index, template.needs_dns)
            self._add(_K.ADCS_ESC6A, sources, one.domains, cause)
        if self._holds(both(template.is_open, template.schannel), index):
            sources = self._hosts_only(self._enrol(one, index), index, template.needs_dns)
            self._add(_K.ADCS_ESC6B, sources, self._mapped(one), cause)

    def _written(self, one: Authority, index: int, template: Template) -> None:
        """ESC4: the template can be changed into one that gives any certificate."""
        cause, common = (index, one.index), self.memberships.common
        may = self.enrollers.get(index, _NONE)

        def writers(*kinds: EdgeKind) -> IntArray:
            found = [self.writers[kind].get(index, _NONE) for kind in kinds]
            return np.unique(np.concatenate(found)).astype(np.int32)

        sources = [common(writers(*_FULL), one.enrollers)]
        sources.append(common(writers(_K.GENERIC_WRITE), may, one.enrollers))
        names, flags = writers(_K.WRITE_PKI_NAME_FLAG), writers(_K.WRITE_PKI_ENROLLMENT_FLAG)
        usable = both(template.unsigned, template.logs_on)
        if len(names) and self._holds(both(usable, opposite(template.approval)), index):
            sources.append(common(names, may, one.enrollers))
        if len(flags) and self._holds(both(usable, template.chosen), index):
            sources.append(common(flags, may, one.enrollers))
        if len(names) and len(flags) and self._holds(usable, index):
            sources.append(common(names, flags, may, one.enrollers))
        merged = np.unique(np.concatenate(sources)).astype(np.int32)
        self._add(_K.ADCS_ESC4, merged, one.domains, cause)

    def _renamed(self, one: Authority, index: int, template: Template) -> None:
        """ESC9, ESC10: an account under control is renamed before it asks for its certificate."""
        asked = both(template.is_open, opposite(template.chosen))
        bare = both(asked, template.logs_on, template.bare)
        tls = both(asked, template.schannel)
        for kind, way, name, domains in (
            (_K.ADCS_ESC9A, bare, template.by_name, self._bound),
            (_K.ADCS_ESC9B, bare, template.by_dns, self._bound),
            (_K.ADCS_ESC10A, tls, template.by_name, self._mapped),
            (_K.ADCS_ESC10B, tls, template.by_dns, self._mapped),
        ):
            if not self._holds(both(way, name), index):
                continue
            targets = domains(one)
            if not len(targets):
                continue
            only_hosts = kind in (_K.ADCS_ESC9B, _K.ADCS_ESC10B)
            victims = self._victims(one, index, template, only_hosts)
            source, target = self.controls
            attackers = np.unique(source[victims[target]]).astype(np.int32)
            self._add(kind, attackers, targets, (index, one.index))

    def _victims(
        self, one: Authority, index: int, template: Template, only_hosts: bool
    ) -> BoolArray:
        """Accounts that can enrol for themselves, (n,)."""
        facts = self.draft.facts
        count = len(facts)
        members = self.memberships.everyone_in
        may = members(self.enrollers.get(index, _NONE))[:count] & members(one.enrollers)[:count]
        if only_hosts:
            found: BoolArray = may & (facts.kind == ObjectKind.COMPUTER)
            return found
        persons = may & (facts.kind == ObjectKind.USER) & ~self.has_dns
        if persons.any() and not self._holds(opposite(template.needs_dns), index):
            persons &= False
        found = (may & self.has_dns) | persons
        return found

    def _asked_for_others(self) -> None:
        """ESC3: a certificate that allows asking for others, then a certificate of somebody."""
        limited = {
            one.index: told_of(self.draft.facts, one.index, Flag.CA_AGENT_RESTRICTIONS)
            for one in self.authorities
        }
        read = [
            one
            for one in self.authorities
            if self._registry(one, None if limited[one.index] is None else True)
        ]
        for first in self.authorities:
            for agent, template in self._published(first):
                if not self._holds(both(template.is_agent, template.is_open), agent):
                    continue
                for second in read:
                    self._by_agent(first, agent, second, limited[second.index] is True)

    def _by_agent(self, first: Authority, agent: int, second: Authority, is_limited: bool) -> None:
        may = self.enrollers.get(agent, _NONE)
        for wanted, template in self._published(second):
            usable = both(template.logs_on, opposite(template.approval), template.for_others)
            if not self._holds(usable, wanted):
                continue
            holders = [may, first.enrollers, self.enrollers.get(wanted, _NONE), second.enrollers]
            if is_limited:
                holders.append(self.agents[0][self.agents[1] == wanted])
            sources = self.memberships.common(*holders)
            self._add(_K.ADCS_ESC3, sources, second.domains, (agent, second.index))

    def _bound(self, one: Authority) -> IntArray:
        """Domains where some DC still accepts a certificate that names nobody for sure."""
        return self._where(
            one, Flag.STRONG_CERTIFICATE_BINDING, True, Unexamined.CERTIFICATE_BINDING
        )

    def _mapped(self, one: Authority) -> IntArray:
        """Domains where some DC maps the name of a certificate to an account."""
        return self._where(
            one, Flag.WEAK_CERTIFICATE_MAPPING, False, Unexamined.CERTIFICATE_MAPPING
        )

    def _where(self, one: Authority, flag: Flag, strong: bool, why: Unexamined) -> IntArray:
        kept = []
        for domain in one.domains.tolist():
            key = (domain, flag)
            if key not in self._weak:
                self._weak[key] = accepts_weakly(
                    self.draft, self.forest, domain, flag, strong=strong
                )
            answer = self._weak[key]
            if answer is None:
                self.draft.not_known(why, domain)
            elif answer:
                kept.append(domain)
        return np.array(kept, np.int32)

    def _add(
        self, kind: EdgeKind, sources: IntArray, targets: IntArray, cause: tuple[int, int]
    ) -> None:
        self.draft.cross(kind, sources, targets, self.draft.cause(*cause))


def _grouped_writers(draft: Draft, kind: EdgeKind) -> dict[int, IntArray]:
    source, target = draft.pairs(kind)
    is_template = draft.facts.kind[target] == ObjectKind.CERT_TEMPLATE
    source, target = source[is_template], target[is_template]
    return {int(index): source[target == index] for index in np.unique(target)}


def _policies(draft: Draft) -> dict[int, IntArray]:
    """Groups that a certificate of each template brings into a session.

    A template is extended by a policy when it is stated, or when it lists the identifier that a
    policy of its domain bears.
    """
    facts = draft.facts
    policy, group = draft.pairs(EdgeKind.OID_GROUP_LINK)
    template, extension = draft.pairs(EdgeKind.EXTENDED_BY_POLICY)
    extended: dict[int, set[int]] = {}
    for one, other in zip(template.tolist(), extension.tolist(), strict=True):
        extended.setdefault(one, set()).add(other)
    told = facts.texts.get(Text.ISSUANCE_POLICY, {})
    bearing: dict[tuple[int, str], list[int]] = {}
    for other in np.unique(policy).tolist():
        for oid in _values(told.get(other)):
            bearing.setdefault((int(facts.domain[other]), oid), []).append(other)
    for one in facts.of_kind(ObjectKind.CERT_TEMPLATE).tolist() if bearing else ():
        for oid in _values(told.get(one)):
            extended.setdefault(one, set()).update(bearing.get((int(facts.domain[one]), oid), ()))
    found = {one: group[np.isin(policy, sorted(others))] for one, others in extended.items()}
    return {one: np.unique(groups).astype(np.int32) for one, groups in found.items()}


def _values(told: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told or ()
