"""What does each row of a membership sheet change, and which rows contradict each other?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.connectors.messages import Severity
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.territory.organisations.choices import COUNTED_ROLES, GhtRole
from hygie.territory.organisations.models import GhtMembership
from hygie.territory.organisations.services.ght_groups import regions_of_groups
from hygie.territory.organisations.services.ght_types import (
    GhtPlan,
    GroupPlan,
    Known,
    MemberPlan,
    MembershipPlan,
)
from hygie.territory.organisations.services.places import RegionIndex
from hygie.territory.organisations.words import plain, provisional_name

Detail = dict[str, list[Any]]


@dataclass(slots=True)
class GhtPlanner:
    """Compares the rows of one sheet with what is known; reads, and writes nothing.

    Attributes:
        planner: gathers changes and notes.
        today: a membership that ends later has not ended.
        is_complete: members of a listed group that the sheet omits leave it.
        follows: groups and members become followed by the programme.
        region_ids: regions that may be changed; None is all.
    """

    planner: Planner
    today: dt.date
    is_complete: bool
    follows: bool
    region_ids: frozenset[int] | None
    plan: GhtPlan = field(default_factory=GhtPlan)
    _regions: RegionIndex = field(init=False)
    _known: Known = field(init=False)
    _listed: dict[tuple[str, str], MembershipPlan] = field(default_factory=dict)
    _counted: dict[str, MembershipPlan] = field(default_factory=dict)
    _supports: dict[str, MembershipPlan] = field(default_factory=dict)

    def build(self, rows: Sequence[GhtMembershipRow]) -> GhtPlan:
        """Compare every row; the sheet is looked at as a whole before any row is judged."""
        self._regions = RegionIndex.load()
        self._known = Known.load(rows)
        regions = regions_of_groups(rows, self._regions)
        for row in rows:
            planned = self._understand(row, regions)
            if planned is not None:
                self._listed.setdefault(planned.key, planned)
        for planned in [one for one in self._listed.values() if self._is_consistent(one)]:
            self._compare_group(planned.group)
            self._compare_member(planned.member)
            self._compare_membership(planned)
        if self.is_complete:
            self._close_omitted()
        self._say_unsupported()
        return self.plan

    # What a row speaks of

    def _understand(
        self, row: GhtMembershipRow, regions: Mapping[str, int]
    ) -> MembershipPlan | None:
        group = self._group(row, regions)
        member = self._member(row) if group is not None else None
        if group is None or member is None:
            return None
        return MembershipPlan(row, group, member, self._until(row))

    def _group(self, row: GhtMembershipRow, regions: Mapping[str, int]) -> GroupPlan | None:
        region_id = regions.get(row.ght_code)
        if region_id is None:
            self._refuse(row, "ght_region_unknown", "region", region=row.region or "—")
            return None
        if self.region_ids is not None and region_id not in self.region_ids:
            self._refuse(row, "ght_outside", "region", region=self._regions.name_of(region_id))
            return None
        known = self._known.group(row.ght_code)
        group = self.plan.groups.setdefault(
            row.ght_code,
            GroupPlan(row.ght_code, row.ght_name[:200], region_id, row.row, known),
        )
        if plain(group.name) != plain(row.ght_name[:200]):
            self._warn(row, "ght_two_names", "ght_name", ght=row.ght_code, name=group.name)
        return group

    def _member(self, row: GhtMembershipRow) -> MemberPlan | None:
        code, name, known = row.finess, row.name, self._known.entity(row.finess)
        site = self._known.site(code)
        if known is None and site is not None:
            known, name = site.legal_entity, ""
            if known is None:
                self._refuse(row, "ght_site_alone", "finess", finess=code)
                return None
            self._warn(row, "ght_site_for_entity", "finess", finess=code, entity=known.code)
            code = known.code
        if known is None and code not in self.plan.members:
            self._warn(row, "ght_member_unknown", "finess", finess=code)
        member = self.plan.members.setdefault(code, MemberPlan(code, row, known))
        if name and not member.name and (known is None or known.is_name_provisional):
            member.name = name[:200]
        return member

    def _until(self, row: GhtMembershipRow) -> dt.date | None:
        if row.until is None or row.until <= self.today:
            return row.until
        self._warn(row, "ght_future_end", "until", until=row.until.isoformat())
        return None

    # What contradicts itself

    def _is_consistent(self, planned: MembershipPlan) -> bool:
        """Refuse a member counted by two groups, and a second support; the first row stands."""
        if not _is_counted(planned):
            return True
        row, (ght, code) = planned.row, planned.key
        first = self._counted.setdefault(code, planned)
        if first is not planned:
            self._refuse(
                row, "ght_counted_twice", "finess",
                finess=code, ght=first.group.code, first=first.row.row,
            )  # fmt: skip
            return False
        if planned.role != GhtRole.SUPPORT:
            return True
        first = self._supports.setdefault(ght, planned)
        if first is not planned:
            self._refuse(
                row, "ght_two_supports", "role",
                ght=ght, support=first.member.code, first=first.row.row,
            )  # fmt: skip
            return False
        return self._support_is_free(planned)

    def _support_is_free(self, planned: MembershipPlan) -> bool:
        """A support that the sheet does not speak of stays: the sheet cannot name another."""
        known = planned.group.known
        if known is None or self.is_complete:
            return True
        for one in self._known.by_group.get(known.pk, ()):
            is_other = one.member.code != planned.member.code
            if one.role == GhtRole.SUPPORT and is_other and not self._speaks_of(one):
                self._refuse(
                    planned.row, "ght_has_support", "role",
                    ght=planned.group.code, support=one.member.code,
                )  # fmt: skip
                return False
        return True

    def _speaks_of(self, membership: GhtMembership) -> bool:
        return (membership.ght.code, membership.member.code) in self._listed

    # What changes

    def _compare_group(self, group: GroupPlan) -> None:
        if group.is_changed:
            return
        known, region = group.known, self._regions.name_of(group.region_id)
        if known is None:
            group.is_changed = True
            self.planner.plan_change(
                Verb.ADD, key=group.code, label=group.name, row=group.row,
                detail={"region": [None, region]},
            )  # fmt: skip
            return
        detail: Detail = {}
        if known.name != group.name:
            detail["name"] = [known.name, group.name]
        if known.region_id != group.region_id:
            detail["region"] = [self._regions.name_of(known.region_id), region]
        if self.follows and not known.is_followed:
            detail["is_followed"] = [False, True]
        group.is_changed = self._change(group.code, group.name, group.row, detail)

    def _compare_member(self, member: MemberPlan) -> None:
        if member.is_changed:
            return
        known, row = member.known, member.row
        if known is None:
            member.is_changed = True
            self.planner.plan_change(
                Verb.ADD,
                key=member.code,
                label=member.name or provisional_name(member.code),
                detail={"town": [None, row.town]} if row.town else {},
                row=row.row,
            )
            return
        detail: Detail = {}
        if member.name and known.name != member.name:
            detail["name"] = [known.name, member.name]
        if self.follows and not known.is_followed:
            detail["is_followed"] = [False, True]
        member.is_changed = self._change(member.code, known.name, row.row, detail)

    def _compare_membership(self, planned: MembershipPlan) -> None:
        current = planned.known = self._known.current(planned)
        if current is None and self._known.has_ended(planned):
            self.planner.keep()
            return
        if _is_counted(planned):
            self._leave_other_groups(planned)
        if current is None:
            detail: Detail = {"role": [None, planned.role.value]}
            if planned.until:
                detail["until"] = [None, planned.until.isoformat()]
            verb = Verb.ADD
        else:
            detail = _differences(planned, current)
            verb = Verb.CLOSE if planned.until else Verb.CHANGE
        key = " ".join(planned.key)
        if self._change(key, _label(planned), planned.row.row, detail, verb=verb):
            self.plan.memberships.append(planned)
        else:
            self.planner.keep()

    def _leave_other_groups(self, planned: MembershipPlan) -> None:
        """A member counted here is no longer counted elsewhere."""
        known = planned.member.known
        for one in self._known.by_member.get(known.pk, ()) if known else ():
            is_elsewhere = one.ght.code != planned.group.code and one.role in COUNTED_ROLES
            if is_elsewhere and not self._speaks_of(one):
                self._warn(
                    planned.row, "ght_member_moves", "ght_code",
                    finess=planned.member.code, before=one.ght.code, after=planned.group.code,
                )  # fmt: skip
                self._close(one, row=planned.row.row)

    def _close_omitted(self) -> None:
        for group in self.plan.groups.values():
            for one in self._known.by_group.get(group.known.pk, ()) if group.known else ():
                if not self._speaks_of(one):
                    self._close(one)

    def _close(self, membership: GhtMembership, row: int | None = None) -> None:
        if membership.pk in self.plan.closings:
            return
        self.plan.closings[membership.pk] = membership
        self.planner.plan_change(
            Verb.CLOSE,
            key=f"{membership.ght.code} {membership.member.code}",
            label=f"{membership.member.name} → {membership.ght.name}",
            detail={"role": [membership.role, None]},
            row=row,
        )

    def _say_unsupported(self) -> None:
        for group in self.plan.groups.values():
            known = self._known.by_group.get(group.known.pk, ()) if group.known else ()
            has_support = any(
                one.role == GhtRole.SUPPORT and one.pk not in self.plan.closings for one in known
            ) or any(
                one.role == GhtRole.SUPPORT and one.group is group for one in self._listed.values()
            )
            if not has_support:
                self.planner.note(
                    Severity.INFO, "ght_without_support", row=group.row, ght=group.code
                )

    # Words

    def _change(
        self, key: str, label: str, row: int, detail: Detail, *, verb: Verb = Verb.CHANGE
    ) -> bool:
        if detail:
            self.planner.plan_change(verb, key=key, label=label, detail=detail, row=row)
        return bool(detail)

    def _refuse(self, row: GhtMembershipRow, code: str, field: str, **params: str | int) -> None:
        self.planner.note(Severity.ERROR, code, row=row.row, field=field, **params)

    def _warn(self, row: GhtMembershipRow, code: str, field: str, **params: str | int) -> None:
        self.planner.note(Severity.WARNING, code, row=row.row, field=field, **params)


def _is_counted(planned: MembershipPlan) -> bool:
    return planned.until is None and planned.role in COUNTED_ROLES


def _label(planned: MembershipPlan) -> str:
    member = planned.member
    known = member.known.name if member.known else provisional_name(member.code)
    return f"{member.name or known} → {planned.group.name}"


def _differences(planned: MembershipPlan, current: GhtMembership) -> Detail:
    detail: Detail = {}
    if current.role != planned.role:
        detail["role"] = [current.role, planned.role.value]
    since = planned.row.since
    if since is not None and current.since != since:
        detail["since"] = [str(current.since or "") or None, since.isoformat()]
    if planned.until is not None:
        detail["until"] = [None, planned.until.isoformat()]
    return detail
