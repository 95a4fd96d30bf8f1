"""Which rows of the timeline are due, which wait, and which can no longer be played?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hygie.engines.exercise.types import Condition, ExerciseError, InjectRecord
from hygie.engines.exercise.vocabulary import Match, On, Result


class Standing(StrEnum):
    """Where a row of the timeline stands."""

    DONE = "done"  # played or skipped
    DUE = "due"
    LATER = "later"  # its second is known and has not come
    WAITING = "waiting"  # a condition does not hold yet
    CUT_OFF = "cut_off"  # a condition can no longer hold


@dataclass(frozen=True, slots=True)
class Happened:
    """What has happened to one inject.

    Attributes:
        played_second: scenario second at which it was played; None when it was not.
        is_skipped: the staff left it out.
        decision: option chosen, "" while nobody has chosen.
        decided_second: when.
        result: how the expectation was met, None while nobody has marked it.
        result_second: when.
    """

    played_second: float | None = None
    is_skipped: bool = False
    decision: str = ""
    decided_second: float = 0.0
    result: Result | None = None
    result_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Due:
    """Where one inject stands.

    Attributes:
        inject: the row.
        standing: where it stands.
        second: when it is or was due; None while it waits or is cut off.
    """

    inject: InjectRecord
    standing: Standing
    second: float | None = None


@dataclass(frozen=True, slots=True)
class _Truth:
    """Whether a condition holds: since when, or whether it still can."""

    since: float | None
    is_possible: bool


_NOTHING = Happened()


def timeline_at(
    injects: Sequence[InjectRecord], happened: Mapping[str, Happened], second: float
) -> list[Due]:
    """Where each inject stands at a second of the scenario.

    A row with conditions is due `after_s` after they hold, and not before its own `offset_s`.

    Args:
        injects: all of them.
        happened: key → what happened; absent = nothing yet.
        second: scenario second.

    Returns:
        One answer for each inject: those with a second first, by second then key.

    Raises:
        ExerciseError: a condition about an inject that does not exist, or conditions in a circle.

    Cost: O(n log n + conditions).
    """
    by_key = {inject.key: inject for inject in injects}
    conditions_check(injects)
    standing = _Standing(by_key, happened)
    found = [standing.of(inject, second) for inject in injects]
    return sorted(found, key=lambda due: (due.second is None, due.second or 0.0, due.inject.key))


def conditions_check(injects: Iterable[InjectRecord]) -> None:
    """Refuse conditions that name nothing or turn in a circle.

    Raises:
        ExerciseError: which inject, and what is wrong.
    """
    needs = {
        inject.key: [condition.inject for condition in inject.conditions] for inject in injects
    }
    for key, wanted in needs.items():
        for name in wanted:
            if name not in needs:
                raise ExerciseError(f"{key}: no inject {name!r}")
    settled: set[str] = set()
    for key in needs:
        _walk(key, needs, settled)


def _walk(start: str, needs: Mapping[str, Sequence[str]], settled: set[str]) -> None:
    """Depth first without recursion: a timeline may be one long chain."""
    path: dict[str, int] = {}
    stack = [(start, 0)]
    while stack:
        key, at = stack.pop()
        if key in settled:
            continue
        path[key] = at
        wanted = needs[key]
        if at == len(wanted):
            del path[key]
            settled.add(key)
            continue
        stack.append((key, at + 1))
        following = wanted[at]
        if following in path:
            raise ExerciseError(f"{key}: its conditions turn in a circle")
        if following not in settled:
            stack.append((following, 0))


@dataclass(slots=True)
class _Standing:
    """Standings, each found once."""

    injects: Mapping[str, InjectRecord]
    happened: Mapping[str, Happened]
    _possible: dict[str, bool] = field(default_factory=dict)

    def of(self, inject: InjectRecord, second: float) -> Due:
        done = self.happened.get(inject.key, _NOTHING)
        if done.is_skipped or done.played_second is not None:
            return Due(inject, Standing.DONE, done.played_second)
        truth = self._truth(inject)
        if truth.since is None:
            return Due(inject, Standing.WAITING if truth.is_possible else Standing.CUT_OFF)
        due = float(inject.offset_s)
        if inject.conditions:
            due = max(due, truth.since + inject.after_s)
        return Due(inject, Standing.DUE if due <= second else Standing.LATER, due)

    def _truth(self, inject: InjectRecord) -> _Truth:
        if not inject.conditions:
            return _Truth(float(inject.offset_s), is_possible=True)
        truths = [self._holds(condition) for condition in inject.conditions]
        since = [truth.since for truth in truths if truth.since is not None]
        if inject.match is Match.ANY:
            return _Truth(min(since, default=None), any(truth.is_possible for truth in truths))
        whole = len(since) == len(truths)
        return _Truth(max(since) if whole else None, all(truth.is_possible for truth in truths))

    def _holds(self, condition: Condition) -> _Truth:
        done = self.happened.get(condition.inject, _NOTHING)
        if condition.on is On.PLAYED:
            if done.played_second is not None:
                return _Truth(done.played_second, is_possible=True)
        elif condition.on is On.DECISION:
            if done.decision:
                holds = done.decision == condition.value
                return _Truth(done.decided_second if holds else None, holds)
        elif done.result is not None:
            holds = done.result.value == condition.value
            # A mark may still be corrected by another one.
            return _Truth(done.result_second if holds else None, is_possible=True)
        return _Truth(None, not done.is_skipped and self._can_be_played(condition.inject))

    def _can_be_played(self, key: str) -> bool:
        """Whether an inject may still come: the chains of conditions above it are not cut."""
        for name in self._chain(key):
            inject, done = self.injects[name], self.happened.get(name, _NOTHING)
            if done.played_second is not None:
                self._possible[name] = True
            elif done.is_skipped:
                self._possible[name] = False
            else:
                self._possible[name] = not inject.conditions or self._truth(inject).is_possible
        return self._possible[key]

    def _chain(self, key: str) -> list[str]:
        """The injects above this one that are not known yet, the farthest first."""
        if key in self._possible:
            return []
        found, stack = [], [key]
        seen = {key}
        while stack:
            name = stack.pop()
            found.append(name)
            for condition in self.injects[name].conditions:
                if condition.inject not in seen and condition.inject not in self._possible:
                    seen.add(condition.inject)
                    stack.append(condition.inject)
        return found[::-1]
