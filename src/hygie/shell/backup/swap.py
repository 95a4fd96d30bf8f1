"""How does a new state take the place of the old one, with either whole at any instant?"""

import contextlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

_MARK = "swap.json"
_OLD = "old"
STAGING_PREFIX = ".restore-"


@contextlib.contextmanager
def swapped(home: Path, staging: Path, names: Sequence[str]) -> Iterator[None]:
    """Put entries of `staging` in place of those of `home`; put them back if the body fails.

    Args:
        home: state folder.
        staging: folder inside it, `.restore-…`; holds the new entries, then the old ones.
        names: entries to replace; one absent from `staging` is removed from `home`.
    """
    old = staging / _OLD
    old.mkdir()
    mark = staging / _MARK
    had = [name for name in names if (home / name).exists()]
    brings = [name for name in names if (staging / name).exists()]
    mark.write_text(json.dumps({"had": had, "brings": brings}), encoding="utf-8")
    try:
        for name in had:
            (home / name).rename(old / name)
        for name in brings:
            (staging / name).rename(home / name)
        yield
    except BaseException:
        swap_undo(home, staging)
        raise
    # From here on the new state stands: what remains is waste.
    mark.unlink()


def swap_undo(home: Path, staging: Path) -> None:
    """Put the old entries back; what the new state brought goes."""
    mark = staging / _MARK
    if not mark.is_file():
        return
    plan = json.loads(mark.read_text(encoding="utf-8"))
    for name in plan["brings"]:
        # Gone from the staging folder: it is the new entry that stands in the home.
        if not (staging / name).exists():
            _remove(home / name)
    for name in plan["had"]:
        if (staging / _OLD / name).exists():
            (staging / _OLD / name).rename(home / name)
    mark.unlink()


def swaps_recover(home: Path) -> None:
    """After a crash in the middle of a restore: the old state back, the waste away."""
    for staging in home.glob(f"{STAGING_PREFIX}*"):
        swap_undo(home, staging)
        shutil.rmtree(staging, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
