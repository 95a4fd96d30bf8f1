"""Where does this copy of Hygie stand: a checkout that prepares itself, or an installed wheel?"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hygie.shell.setup.speech import SetupRefused

PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Checkout:
    """The folders of a source checkout.

    Attributes:
        root: the folder of pyproject.toml.
        tools: where set-up keeps its lock and its own tools, outside the application's environment.
    """

    root: Path
    tools: Path


def checkout_find() -> Checkout | None:
    """The checkout this package runs from, or None when it was installed from a wheel."""
    root = PACKAGE.parents[1]
    if not (root / "package-lock.json").is_file():
        return None
    venv = os.environ.get("HYGIE_VENV")
    if not venv:
        return Checkout(root, root / ".hygie")
    place = Path(venv).absolute()
    return Checkout(root, place.with_name(f"{place.name}.tools"))


def default_home() -> Path:
    """`var` beside the sources of a checkout, else in the current folder."""
    checkout = checkout_find()
    return (checkout.root if checkout else Path.cwd()) / "var"


def is_offline() -> bool:
    """Did the operator forbid any network during set-up?"""
    return os.environ.get("HYGIE_OFFLINE", "") not in {"", "0", "false", "no"}


@contextmanager
def setup_claimed(checkout: Checkout) -> Iterator[None]:
    """Hold the set-up lock: a second launch waits for the first.

    Raises:
        SetupRefused: the folder cannot be written.
    """
    path = checkout.tools / "setup.lock"
    try:
        checkout.tools.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise SetupRefused(
            f"impossible d'écrire {path} ({error.strerror}) : lancez une fois « ./hygie setup » "
            "avec le compte qui possède ce dossier",
            f"cannot write {path} ({error.strerror}): run './hygie setup' once as the owner of "
            "this folder",
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
