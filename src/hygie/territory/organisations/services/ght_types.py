"""What does a membership sheet do, once compared with what is known?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.territory.organisations.choices import GhtRole, OrganisationKind
from hygie.territory.organisations.models import GhtMembership, Organisation


@dataclass(slots=True)
class GroupPlan:
    """A GHT of the sheet: `known` is None when it is new."""

    code: str
    name: str
    region_id: int
    row: int
    known: Organisation | None
    is_changed: bool = False


@dataclass(slots=True)
class MemberPlan:
    """A legal entity of the sheet: `known` is None when nothing but the sheet tells of it.

    `name` is empty when the sheet has none, or when a better one is known.
    """

    code: str
    row: GhtMembershipRow
    known: Organisation | None
    name: str = ""
    is_changed: bool = False


@dataclass(slots=True)
class MembershipPlan:
    """A membership that the sheet lists; `known` is the current one, to change."""

    row: GhtMembershipRow
    group: GroupPlan
    member: MemberPlan
    until: dt.date | None
    known: GhtMembership | None = None

    @property
    def role(self) -> GhtRole:
        """Role, in the words of the model."""
        return GhtRole(self.row.role.value)

    @property
    def key(self) -> tuple[str, str]:
        """Codes of the group and of the member."""
        return self.group.code, self.member.code


@dataclass(slots=True)
class GhtPlan:
    """Everything that a sheet does, in the order of its rows."""

    groups: dict[str, GroupPlan] = field(default_factory=dict)
    members: dict[str, MemberPlan] = field(default_factory=dict)
    memberships: list[MembershipPlan] = field(default_factory=list)
    closings: dict[int, GhtMembership] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """What the database knows of the structures and groups of a sheet."""

    organisations: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    by_member: dict[int, list[GhtMembership]] = field(default_factory=dict)
    by_group: dict[int, list[GhtMembership]] = field(default_factory=dict)
    past: set[tuple[int, int, dt.date]] = field(default_factory=set)

    @classmethod
    def load(cls, rows: Sequence[GhtMembershipRow]) -> "Known":
        """Five queries, whatever the sheet."""
        known = cls()
        structures = Organisation.objects.filter(
            kind__in=(OrganisationKind.EJ, OrganisationKind.ET),
            code__in={row.finess for row in rows},
        ).select_related("legal_entity")
        groups = Organisation.objects.filter(
            kind=OrganisationKind.GHT, code__in={row.ght_code for row in rows}
        )
        for one in (*structures, *groups):
            known.organisations[one.kind, one.code] = one
        known._load_memberships(list(structures), [one.pk for one in groups])
        return known

    def _load_memberships(self, structures: list[Organisation], group_ids: list[int]) -> None:
        entity_ids = {one.legal_entity_id or one.pk for one in structures}
        current = GhtMembership.objects.filter(until__isnull=True).select_related("member", "ght")
        for membership in current.filter(member_id__in=entity_ids):
            self.by_member.setdefault(membership.member_id, []).append(membership)
        for membership in current.filter(ght_id__in=group_ids).order_by("id"):
            self.by_group.setdefault(membership.ght_id, []).append(membership)
        ended = GhtMembership.objects.filter(until__isnull=False, member_id__in=entity_ids)
        for ght_id, member_id, until in ended.values_list("ght_id", "member_id", "until"):
            if until is not None:
                self.past.add((ght_id, member_id, until))

    def group(self, code: str) -> Organisation | None:
        """A GHT by its code."""
        return self.organisations.get((OrganisationKind.GHT, code))

    def entity(self, code: str) -> Organisation | None:
        """A legal entity by its number."""
        return self.organisations.get((OrganisationKind.EJ, code))

    def site(self, code: str) -> Organisation | None:
        """An establishment by its number."""
        return self.organisations.get((OrganisationKind.ET, code))

    def current(self, planned: MembershipPlan) -> GhtMembership | None:
        """The current membership of this member in this group."""
        if planned.group.known is None or planned.member.known is None:
            return None
        return next(
            (
                one
                for one in self.by_group.get(planned.group.known.pk, ())
                if one.member_id == planned.member.known.pk
            ),
            None,
        )

    def has_ended(self, planned: MembershipPlan) -> bool:
        """Whether this very past membership is already recorded."""
        group, member = planned.group.known, planned.member.known
        if group is None or member is None or planned.until is None:
            return False
        return (group.pk, member.pk, planned.until) in self.past
