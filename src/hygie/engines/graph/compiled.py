"""How are kernels compiled, wherever the program stands and whoever runs it?

numba keeps machine code where `NUMBA_CACHE_DIR` says, else beside the source, else in the user's
cache folder. Where none of them can be written, the kernel is compiled in memory, once a
process. numba looks at the kernel's own file alone to know that its machine code is out of date:
hence a kernel calls kernels of its own file only.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")

# numba's decorators carry no types: this is the one place that says so.
_njit: Any = numba.njit


def inlined(function: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """Compile as `compiled`, and copy the code into each kernel that calls it.

    For a few instructions called so often that calling them costs as much as running them.

    Args:
        function: as for `compiled`.

    Returns:
        The dispatcher.
    """
    return _compiled(function, forceinline=True)


def compiled(function: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """Compile a function at its first call, keeping its signature for the type checker.

    The compiled code releases the interpreter lock and checks no bound: public functions check
    what they are given before they call it.

    Args:
        function: loops over numpy arrays and scalars; calls kernels of its own file only.

    Returns:
        The dispatcher; nothing is compiled before it is called.
    """
    return _compiled(function)


def _compiled(
    function: Callable[_Arguments, _Answer], **options: bool
) -> Callable[_Arguments, _Answer]:
    try:
        kernel = _njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    except RuntimeError:  # no folder for machine code can be written
        kernel = _njit(nogil=True, error_model="numpy", **options)(function)
    return cast(Callable[_Arguments, _Answer], kernel)
