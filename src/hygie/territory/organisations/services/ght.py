"""What would a membership sheet do to the groups, and how is it done?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from hygie.connectors.ght_sheet.reader import GhtSheet
from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Verb
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import GhtMembership, Organisation
from hygie.territory.organisations.policies import managed_region_ids
from hygie.territory.organisations.services.ght_planner import GhtPlanner
from hygie.territory.organisations.services.ght_types import GhtPlan, GroupPlan, MemberPlan
from hygie.territory.organisations.services.lay import territory_hold, territory_lay
from hygie.territory.organisations.services.places import places_refresh
from hygie.territory.organisations.words import (
    ORIGIN_GHT,
    provisional_name,
    search_key_of,
)
from hygie.territory.perimeter import Perimeter


def ght_plan(
    *, perimeter: Perimeter, sheet: GhtSheet, options: Mapping[str, Any], watch: Watch
) -> Plan:
    """What a membership sheet would add, change and close; writes nothing but missing regions.

    Args:
        perimeter: who asks; regional administrators change the groups of their regions only.
        sheet: an open sheet.
        options: `complete` (members that a listed group omits leave it), `follow` (groups and
            members become followed).
        watch: told of the stages.

    Returns:
        The plan; contradictions of the sheet are refused rows, each with its reason.

    Raises:
        NotAllowed: no territory to manage.
        FileRefused: the sheet stops being readable.
    """
    planner = Planner()
    _build(planner, perimeter, sheet, options, watch)
    return planner.plan(_understood(sheet), report=sheet.report)


def ght_memberships_apply(
    *,
    perimeter: Perimeter,
    sheet: GhtSheet,
    options: Mapping[str, Any],
    watch: Watch,
    plan_digest: str,
) -> Applied:
    """Do it, in the caller's transaction, whose journal line names the file.

    Groups and legal entities first, then memberships (endings before beginnings: a member is
    counted once), then the place of everything that moved.

    Raises:
        PlanOutdated: it would no longer do what `plan_digest` stands for.
        NotAllowed, FileRefused: as `ght_plan`.
    """
    territory_hold()
    planner = Planner()
    plan = _build(planner, perimeter, sheet, options, watch)
    applied = planner.applied(plan_digest, report=sheet.report, **_understood(sheet))
    watch.stage(gettext_noop("Écriture des groupements"))
    follows = bool(options.get("follow"))
    _write_groups(plan, follows=follows)
    _write_members(plan, follows=follows)
    moved = _write_memberships(plan)
    places_refresh(moved)
    if any(applied.counts[verb] for verb in Verb):
        follow_up("territory_changed")
    return applied


def _build(
    planner: Planner,
    perimeter: Perimeter,
    sheet: GhtSheet,
    options: Mapping[str, Any],
    watch: Watch,
) -> GhtPlan:
    territory_lay()
    watch.stage(gettext_noop("Lecture de la feuille des GHT"))
    rows = list(_watched(sheet, watch))
    watch.stage(gettext_noop("Comparaison avec les groupements connus"))
    return GhtPlanner(
        planner=planner,
        today=timezone.localdate(),
        is_complete=bool(options.get("complete")),
        follows=bool(options.get("follow")),
        region_ids=managed_region_ids(perimeter),
    ).build(rows)


def _watched(sheet: GhtSheet, watch: Watch) -> Iterator[GhtMembershipRow]:
    for row in sheet.rows():
        watch.advance()
        yield row


def _write_groups(plan: GhtPlan, *, follows: bool) -> None:
    for group in plan.groups.values():
        if not group.is_changed:
            continue
        known = group.known or Organisation(
            kind=OrganisationKind.GHT, code=group.code, source=ORIGIN_GHT
        )
        known.name = group.name
        known.parent_id = known.region_id = group.region_id
        known.is_followed = known.is_followed or follows
        known.search_key = search_key_of(group.code, group.name)
        known.save()
        group.known = known


def _write_members(plan: GhtPlan, *, follows: bool) -> None:
    for member in plan.members.values():
        if not member.is_changed:
            continue
        known = member.known or _new_member(member)
        if member.name:
            known.name, known.is_name_provisional = member.name, False
        known.is_followed = known.is_followed or follows
        known.search_key = search_key_of(known.code, known.name, known.long_name, known.town)
        known.save()
        member.known = known


def _new_member(member: MemberPlan) -> Organisation:
    row = member.row
    return Organisation(
        kind=OrganisationKind.EJ,
        code=member.code,
        name=provisional_name(member.code),
        is_name_provisional=True,
        category_label=row.category[:160],
        town=row.town[:120],
        postcode=row.postal_code[:10],
        source=ORIGIN_GHT,
    )


def _write_memberships(plan: GhtPlan) -> set[int]:
    """Endings, then changes, then additions; ids of the legal entities that may have moved."""
    today = timezone.localdate()
    GhtMembership.objects.filter(pk__in=plan.closings).update(until=today)
    moved = {one.member_id for one in plan.closings.values()}
    planned = sorted(plan.memberships, key=lambda one: (one.known is None, one.until is None))
    for one in planned:
        group, member = _pk(one.group), _pk(one.member)
        if one.known is None:
            GhtMembership.objects.create(
                ght_id=group, member_id=member, role=one.role, since=one.row.since,
                until=one.until, source=ORIGIN_GHT,
            )  # fmt: skip
        else:
            _change_membership(one.known, one.role, one.row.since, one.until)
        moved.add(member)
    changed = [_pk(group) for group in plan.groups.values() if group.is_changed]
    members = GhtMembership.objects.filter(ght_id__in=changed, until__isnull=True)
    return moved | set(members.values_list("member_id", flat=True))


def _change_membership(
    known: GhtMembership, role: str, since: dt.date | None, until: dt.date | None
) -> None:
    known.role, known.until = role, until
    known.since = since or known.since
    known.save(update_fields=["role", "since", "until"])


def _pk(planned: GroupPlan | MemberPlan) -> int:
    assert planned.known is not None  # noqa: S101  # written just before
    return planned.known.pk


def _understood(sheet: GhtSheet) -> dict[str, Any]:
    table = sheet.table
    return {
        "file_type": table.kind.value,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "columns": ", ".join(table.positions),
        "unknown_columns": ", ".join(table.unknown_titles),
    }
