"""Why does a care activity fail, in a chain of words, and which losses alone would do it?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.causes import cause_sets
from hygie.engines.dependency.explain import explanation
from hygie.engines.dependency.types import Step
from hygie.engines.estate.types import LinkRecord
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.needs import Reference
from hygie.operations.impact.answers import LossAnswer

_MOST_SETS = 12
_MOST_STEPS = 60
# A page answers at once: the proof that no other set exists is given up sooner than by default.
_EFFORT = 2000


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One line of the chain.

    Attributes:
        node: who fails. minute: when.
        is_lost: whether it is one of the losses themselves.
        verb: what it needed, None when the need comes from a reference or a cut flow.
        reference: which reference, None for a link.
        size, needed: of the group. lost: its members that have failed.
        cut: its members beyond a flow that the isolation cuts.
    """

    node: int
    minute: float
    is_lost: bool
    verb: Verb | None
    reference: Reference | None
    size: int
    needed: int
    lost: tuple[int, ...]
    cut: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why one activity fails.

    Attributes:
        node: the activity. steps: from it down to what is lost.
        is_cut_short: whether the chain has more lines than are told.
        sets: smallest sets of lost assets each of which suffices. is_more: others may exist.
    """

    node: int
    steps: tuple[WhyStep, ...]
    is_cut_short: bool
    sets: tuple[tuple[int, ...], ...]
    is_more: bool


def why_of(answer: LossAnswer, node: int) -> Why:
    """Why a node fails under a loss.

    Args:
        answer: of the loss. node: stopped or degraded.

    Cost: of the chain, its lines; of the sets, some hundred evaluations 64 at a time.
    """
    compiled = answer.lost.compiled
    # What still gives service is told by what it no longer gives in full.
    full = not np.isfinite(answer.times.stops_at[node])
    steps = explanation(compiled, answer.failed_at, node, full=full)
    found = cause_sets(
        compiled, answer.lost.nodes, node, full=full, most=_MOST_SETS, effort=_EFFORT
    )
    return Why(
        node,
        tuple(_told(answer, step) for step in steps[:_MOST_STEPS]),
        len(steps) > _MOST_STEPS,
        tuple(found.sets),
        not found.is_complete,
    )


def _told(answer: LossAnswer, step: Step) -> WhyStep:
    if step.group < 0:
        return WhyStep(step.node, step.minute, True, None, None, 0, 0, (), ())
    needs = answer.lost.compiled.needs
    origin = int(answer.found.found.origin[step.group])
    link: LinkRecord | None = answer.found.estate.links[origin] if origin >= 0 else None
    return WhyStep(
        node=step.node,
        minute=step.minute,
        is_lost=False,
        verb=link.verb if link else None,
        reference=None if link else Reference(origin),
        size=int(needs.member_ptr[step.group + 1] - needs.member_ptr[step.group]),
        needed=int(needs.needed[step.group]),
        lost=tuple(int(one) for one in step.lost if one < answer.found.nodes),
        cut=_cut(answer, step),
    )


def _cut(answer: LossAnswer, step: Step) -> tuple[int, ...]:
    """Members of a group that an isolation took out of it: groups keep their place in both."""
    if all(one < answer.found.nodes for one in step.lost):
        return ()
    pointer, member = answer.found.found.needs.member_ptr, answer.found.found.needs.member
    return tuple(member[pointer[step.group] : pointer[step.group + 1]].tolist())
