"""Which care does an establishment give, and on what does each activity lean?"""

from collections.abc import Iterator
from math import ceil

from hygie.engines.estate.invented.activities import Activity
from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.stations import activities_of
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

H, D = 60, 1440
_STOCKS = {"sterilisation": 4 * H, "pui": 8 * H, "chimio": 4 * H}
"""Minutes for which what such an activity has delivered lasts."""
_FIRST_OF_DEVICES = 4  # of one modality that an activity works with, at most


def make_care(house: House) -> None:
    """Activities, then what each needs."""
    found = activities_of(house)
    for activity in found:
        house.care[activity.code] = _care(house, activity)
    for activity in found:
        _need_applications(house, activity)
        _need_stations(house, activity)
        _need_devices(house, activity)
        _need_care(house, activity)
    _lend_other_devices(house)
    _ask_departments(house)


def _care(house: House, activity: Activity) -> str:
    share = house.plan.share
    return house.book.add(
        AssetKind.CARE,
        activity.name,
        organisation=house.organisation,
        owner=activity.owner,
        criticality=activity.criticality,
        max_downtime_min=activity.downtime_min,
        max_data_loss_min=activity.data_loss_min,
        site=house.site(activity.place),
        details={
            "minimal_service": activity.minimal,
            "holds_min": activity.holds_min,
            "patients_per_day": ceil(activity.patients * share) or None,
            "beds": ceil(activity.beds * share) or None,
        },
    )


def _need_applications(house: House, activity: Activity) -> None:
    book, care = house.book, house.care[activity.code]
    for token in activity.stops.split():
        roles = [house.apps[role] for role in token.split("|") if role in house.apps]
        if roles:
            book.tie_any(care, Verb.USES, roles, 1, f"dossier {token.split('|')[0]}")
    for role in activity.degrades.split():
        if role in house.apps:
            book.tie(care, Verb.USES, house.apps[role], book.pick((0, 30, H)), Effect.DEGRADE)
    lines = house.line_to_group
    if lines and any(role in house.shared for role in activity.stops.replace("|", " ").split()):
        book.tie_any(care, Verb.CONNECTED_BY, lines, 1, "liaison")


def _need_stations(house: House, activity: Activity) -> None:
    groups = house.groups.get(activity.code, [])
    effect = Effect.STOP if activity.stops else Effect.DEGRADE
    house.book.tie_any(
        house.care[activity.code], Verb.USES, groups, ceil(len(groups) / 2), "postes", 0, effect
    )


def _need_devices(house: House, activity: Activity) -> None:
    for share, code, is_vital in _devices_of(activity):
        found = house.devices.get(code, [])[:_FIRST_OF_DEVICES]
        if found:
            needed = ceil(len(found) * share / 10) if share else 1
            house.book.tie_any(
                house.care[activity.code], Verb.USES, found, needed, f"dispositifs {code}", 0,
                Effect.STOP if is_vital else Effect.DEGRADE,
            )  # fmt: skip


def _devices_of(activity: Activity) -> Iterator[tuple[int, str, bool]]:
    """(Tenths that must work, modality, whether the activity stops without) it works with."""
    for asked in activity.devices.split():
        share, _, code = asked.rstrip("!").rpartition("*")
        yield int(share or 0), code, asked.endswith("!")


def _lend_other_devices(house: House) -> None:
    """Devices beyond the first ones of their modality: each helps one activity."""
    asking: dict[str, list[str]] = {}
    for activity in activities_of(house):
        for _, code, _ in _devices_of(activity):
            asking.setdefault(code, []).append(house.care[activity.code])
    for code, care in asking.items():
        for device in house.devices.get(code, [])[_FIRST_OF_DEVICES:]:
            house.book.tie(house.book.pick(care), Verb.USES, device, 0, Effect.DEGRADE)


def _need_care(house: House, activity: Activity) -> None:
    for asked in activity.care.split():
        code, is_vital = asked.rstrip("!"), asked.endswith("!")
        other = house.care.get(code)
        if other:
            effect = Effect.STOP if is_vital else Effect.DEGRADE
            delay = _STOCKS.get(code, 30 if is_vital else H)
            house.book.tie(house.care[activity.code], Verb.USES, other, delay, effect)


def _ask_departments(house: House) -> None:
    """Departmental applications: one to three activities, or the workstations of one."""
    book = house.book
    care = list(house.care.values())
    ranks = {key: book.assets[key].criticality or 0 for key in care}
    groups = [group for found in house.groups.values() for group in found]
    for app in [*house.departmental, *_unasked(house)]:
        for _ in range(book.rng.randint(1, 3)):
            # Of three activities at random the least vital: departmental tools are seldom vital.
            asking = min((book.pick(care) for _ in range(3)), key=ranks.__getitem__)
            book.tie(asking, Verb.USES, app, book.pick((4 * H, 8 * H, D)), Effect.DEGRADE)
        if book.chance(0.3):
            book.tie(book.pick(groups), Verb.USES, app, D, Effect.DEGRADE)


def _unasked(house: House) -> list[str]:
    """Applications of roles that nothing uses yet: those of everybody."""
    asked = {link.target for link in house.book.links if link.verb == Verb.USES}
    shared = set(house.shared.values())
    return [app for app in house.apps.values() if app not in asked and app not in shared]
