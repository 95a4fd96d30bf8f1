"""At which minute does each point fail, when some are lost over time?

A point fails `delay` minutes after the group that fails it, or when it is lost. Events are taken by
minute; what fails at once is taken in the order in which it came, so that `failed` is an order in
which causes stand before what they cause.
"""

import numpy as np

from hygie.engines.dependency.types import FloatArray, IntArray, LongArray
from hygie.engines.graph.compiled import compiled


@compiled
def push(due: FloatArray, who: IntArray, size: int, minute: float, point: int) -> int:
    """Add an event to a heap; returns its new size."""
    i = size
    while i > 0:
        above = (i - 1) >> 1
        if due[above] <= minute:
            break
        due[i] = due[above]
        who[i] = who[above]
        i = above
    due[i] = minute
    who[i] = point
    return size + 1


@compiled
def drop_first(due: FloatArray, who: IntArray, size: int) -> int:
    """Take the earliest event off a heap; returns its new size."""
    size -= 1
    minute = due[size]
    point = who[size]
    i = 0
    while True:
        below = 2 * i + 1
        if below >= size:
            break
        if below + 1 < size and due[below + 1] < due[below]:
            below += 1
        if due[below] >= minute:
            break
        due[i] = due[below]
        who[i] = who[below]
        i = below
    due[i] = minute
    who[i] = point
    return size


@compiled
def fail(point: int, at: float, minute: FloatArray, failed: IntArray, count: int) -> int:
    """Write that a point fails, unless it has failed before; returns how many have."""
    if point >= 0 and minute[point] == np.inf:
        minute[point] = at
        failed[count] = point
        return count + 1
    return count


@compiled
def fell(
    up_point: IntArray,
    full_point: IntArray,
    user_ptr: LongArray,
    user_group: IntArray,
    owner: IntArray,
    delay: FloatArray,
    lost: IntArray,
    lost_at: FloatArray,
    left: IntArray,
    minute: FloatArray,
    failed: IntArray,
    due: FloatArray,
    who: IntArray,
) -> int:
    """Play one run to its end; returns how many points fail, listed in `failed` in that order.

    `lost` are nodes, by minute `lost_at`. Before: `left` (g,) members that each group may lose, the
    last one included; `minute` (points,) inf.
    """
    count = 0
    head = 0
    waiting = 0
    next_lost = 0
    while next_lost < len(lost) or waiting > 0:
        now = np.inf
        if next_lost < len(lost):
            now = lost_at[next_lost]
        if waiting > 0 and due[0] < now:
            now = due[0]
        while next_lost < len(lost) and lost_at[next_lost] == now:
            count = fail(up_point[lost[next_lost]], now, minute, failed, count)
            count = fail(full_point[lost[next_lost]], now, minute, failed, count)
            next_lost += 1
        while waiting > 0 and due[0] == now:
            count = fail(who[0], now, minute, failed, count)
            waiting = drop_first(due, who, waiting)
        while head < count:
            point = failed[head]
            head += 1
            for u in range(user_ptr[point], user_ptr[point + 1]):
                g = user_group[u]
                left[g] -= 1
                if left[g] == 0 and minute[owner[g]] == np.inf:
                    if delay[g] == 0.0:
                        count = fail(owner[g], now, minute, failed, count)
                    else:
                        waiting = push(due, who, waiting, now + delay[g], owner[g])
    return count


@compiled
def play_runs(
    up_point: IntArray,
    full_point: IntArray,
    user_ptr: LongArray,
    user_group: IntArray,
    owner: IntArray,
    delay: FloatArray,
    allowed: IntArray,
    indptr: LongArray,
    node: IntArray,
    node_minute: FloatArray,
    watched: IntArray,
    stops_at: FloatArray,
    degrades_at: FloatArray,
) -> None:
    """Play each run and note the minutes of the watched nodes; only what fails is cleared after."""
    points = len(user_ptr) - 1
    left = allowed.copy()
    minute = np.full(points, np.inf)
    failed = np.empty(points, np.int32)
    due = np.empty(len(owner), np.float64)
    who = np.empty(len(owner), np.int32)
    for r in range(len(indptr) - 1):
        first = indptr[r]
        last = indptr[r + 1]
        count = fell(
            up_point, full_point, user_ptr, user_group, owner, delay, node[first:last],
            node_minute[first:last], left, minute, failed, due, who,
        )  # fmt: skip
        for k in range(len(watched)):
            stops_at[r, k] = minute[up_point[watched[k]]]
            degrades_at[r, k] = stops_at[r, k]
            if full_point[watched[k]] >= 0:
                degrades_at[r, k] = minute[full_point[watched[k]]]
        for i in range(count):
            point = failed[i]
            minute[point] = np.inf
            for u in range(user_ptr[point], user_ptr[point + 1]):
                left[user_group[u]] = allowed[user_group[u]]


@compiled
def first_unsorted(indptr: LongArray, minute: FloatArray) -> int:
    """Position of the first minute that is earlier than the one before it in its run; -1 = none."""
    for r in range(len(indptr) - 1):
        for p in range(indptr[r] + 1, indptr[r + 1]):
            if minute[p] < minute[p - 1]:
                return p
    return -1


@compiled
def play_one(
    up_point: IntArray,
    full_point: IntArray,
    user_ptr: LongArray,
    user_group: IntArray,
    owner: IntArray,
    delay: FloatArray,
    allowed: IntArray,
    lost: IntArray,
    lost_at: FloatArray,
) -> tuple[FloatArray, IntArray]:
    """Play one run; returns the minute of each point, and those that fail, in order."""
    points = len(user_ptr) - 1
    minute = np.full(points, np.inf)
    failed = np.empty(points, np.int32)
    due = np.empty(len(owner), np.float64)
    who = np.empty(len(owner), np.int32)
    count = fell(
        up_point, full_point, user_ptr, user_group, owner, delay, lost, lost_at, allowed.copy(),
        minute, failed, due, who,
    )  # fmt: skip
    return minute, failed[:count]
