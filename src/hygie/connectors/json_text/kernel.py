"""Where does a JSON value end, when it comes in pieces?

Only quotes, escapes and brackets are looked at: what is between them is for the decoder to judge.
"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.compiled import compiled

# Slots of the state that goes from one piece to the next.
DEPTH = 0
DEEPEST = 1
MODE = 2
SLOTS = 3
# Modes
NOTHING = 0  # the value has not begun
INSIDE = 1  # between the brackets of an object or a list
STRING = 2
ESCAPE = 3  # in a string, behind a backslash
SCALAR = 4  # a number, true, false, null
ENDED = 5

_QUOTE = 0x22
_BACKSLASH = 0x5C
_OPENINGS = (0x7B, 0x5B)
_CLOSINGS = (0x7D, 0x5D)
_COMMA = 0x2C
_BLANKS = (0x20, 0x09, 0x0A, 0x0D)


def new_state() -> NDArray[np.int64]:
    """State of a value of which nothing has been seen, (SLOTS,)."""
    return np.zeros(SLOTS, np.int64)


@compiled
def end_of_value(  # noqa: C901 - one automaton, kept in one place
    piece: NDArray[np.uint8], start: int, state: NDArray[np.int64]
) -> int:  # pragma: no cover - compiled
    """Follow one value through one piece.

    Args:
        piece: (n,) bytes. start: where to begin. state: (SLOTS,), changed in place.

    Returns:
        Position behind the value when `state[MODE]` is ENDED, else n. The comma or bracket that
        ends a scalar is not part of it.

    Cost: O(n), about a nanosecond a byte.
    """
    mode = state[MODE]
    depth = state[DEPTH]
    deepest = state[DEEPEST]
    position = start
    end = len(piece)
    while position < end and mode != ENDED:
        byte = piece[position]
        if mode == STRING:
            if byte == _QUOTE:
                mode = INSIDE if depth else ENDED
            elif byte == _BACKSLASH:
                mode = ESCAPE
        elif mode == ESCAPE:
            mode = STRING
        elif mode == SCALAR:
            if byte == _COMMA or byte in _CLOSINGS or byte in _BLANKS:
                mode = ENDED
                break
        elif byte == _QUOTE:
            mode = STRING
        elif byte in _OPENINGS:
            depth += 1
            deepest = max(deepest, depth)
            mode = INSIDE
        elif mode == INSIDE:
            if byte in _CLOSINGS:
                depth -= 1
                if depth == 0:
                    mode = ENDED
        else:
            mode = SCALAR
        position += 1
    state[MODE] = mode
    state[DEPTH] = depth
    state[DEEPEST] = deepest
    return position
