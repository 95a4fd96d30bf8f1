"""How do the pages' libraries arrive without being committed? npm by lock file, then a copy.

Source: `package-lock.json` fixes each version and its sha512; npm checks them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from hygie.shell.setup.checkout import (
    PACKAGE,
    Checkout,
    checkout_find,
    is_offline,
    setup_claimed,
)
from hygie.shell.setup.icons import icon_names, sprite_build
from hygie.shell.setup.npm import npm_command
from hygie.shell.setup.speech import SetupRefused, tell
from hygie.shell.setup.vendor import ICON_PACKAGE, ICON_SPRITE, PACKAGES, VendorPackage

DESIGN = PACKAGE / "foundation" / "design"
VENDOR = DESIGN / "static" / "vendor"
STAMP = VENDOR / ".stamp.json"


def frontend_prepare(*, with_tests: bool = False) -> None:
    """Bring `static/vendor` to what the lock file says; no network when its stamp matches.

    Args:
        with_tests: also the accessibility checker that browser tests inject.

    Raises:
        SetupRefused: npm failed, a file is missing, or the folder cannot be written.
    """
    checkout = checkout_find()
    if checkout is None:
        if not STAMP.is_file():
            raise SetupRefused(
                "cette version installée a été construite sans les bibliothèques des pages",
                "this installed version was built without the pages' libraries",
            )
        return
    wanted = _fingerprint(checkout)
    if _is_ready(wanted, with_tests=with_tests):
        return
    with setup_claimed(checkout):
        if not _is_ready(wanted, with_tests=with_tests):
            # A developer's machine keeps the checker when a demo asks for less.
            _copy(checkout, wanted, with_tests=with_tests or (VENDOR / "axe-core").is_dir())


def _fingerprint(checkout: Checkout) -> str:
    """What the copy depends on: the lock, the list of files, the list of icons."""
    digest = hashlib.sha256((checkout.root / "package-lock.json").read_bytes())
    digest.update(repr(PACKAGES).encode())
    digest.update("\n".join(icon_names(DESIGN / "icons.txt")).encode())
    return digest.hexdigest()


def _is_ready(wanted: str, *, with_tests: bool) -> bool:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return bool(stamp["fingerprint"] == wanted and (stamp["tests"] or not with_tests))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _copy(checkout: Checkout, wanted: str, *, with_tests: bool) -> None:
    """Install in a temporary folder, copy what is listed, put it in place at once."""
    tell("bibliothèques des pages, par npm…", "the pages' libraries, by npm…")
    packages = [package for package in PACKAGES if with_tests or not package.only_tests]
    fresh = VENDOR.with_name("vendor.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="hygie-npm-") as folder:
            modules = _install(checkout, Path(folder), with_tests=with_tests)
            for package in packages:
                _copy_package(package, modules, fresh)
            sprite = sprite_build(
                icon_names(DESIGN / "icons.txt"), modules / ICON_PACKAGE / "icons"
            )
        (fresh / ICON_SPRITE).write_text(sprite, encoding="utf-8")
        stamp = json.dumps({"fingerprint": wanted, "tests": with_tests})
        (fresh / STAMP.name).write_text(stamp, encoding="utf-8")
        _swap(fresh, VENDOR)
    except OSError as error:
        raise SetupRefused(
            f"bibliothèques des pages : {error}", f"the pages' libraries: {error}"
        ) from error


def _install(checkout: Checkout, folder: Path, *, with_tests: bool) -> Path:
    """`npm ci` of the lock file, without running any package's script."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(checkout.root / name, folder / name)
    command = [*npm_command(checkout.tools), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command.append("--prefer-offline")
    command += [] if with_tests else ["--omit=dev"]
    command += ["--offline"] if is_offline() else []
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=_npm_environment(),
    )
    if done.returncode != 0:
        reason = "\n".join(f"    {line}" for line in done.stderr.strip().splitlines()[-12:])
        raise SetupRefused(
            "npm n'a pas pu installer les bibliothèques des pages (réseau absent, ou registre à "
            f"indiquer dans votre configuration de npm ?) :\n{reason}",
            "npm could not install the pages' libraries (no network, or a registry to set in "
            f"your npm configuration?):\n{reason}",
        )
    return folder / "node_modules"


def _npm_environment() -> dict[str, str]:
    """The operator's own, with the certificates already given to Python.

    Hospital networks often open TLS on the way: who has told Python about that authority should not
    have to find out that node has its own list.
    """
    told = (os.environ.get(name) for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"))
    authority = next((path for path in told if path and Path(path).is_file()), "")
    extra = {"NODE_EXTRA_CA_CERTS": authority} if authority else {}
    return {**extra, **os.environ, "npm_config_update_notifier": "false"}


def _copy_package(package: VendorPackage, modules: Path, fresh: Path) -> None:
    place = fresh / package.folder
    place.mkdir(parents=True, exist_ok=True)
    for name in package.files + package.licences:
        source = modules / package.name / name
        if not source.is_file():
            raise SetupRefused(
                f"{package.name} : le paquet ne contient plus {name}",
                f"{package.name}: the package no longer holds {name}",
            )
        shutil.copyfile(source, place / source.name)


def _swap(fresh: Path, place: Path) -> None:
    """Put the new folder in place; an interruption leaves the old one or the new one."""
    old = place.with_name("vendor.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    fresh.replace(place)
    shutil.rmtree(old, ignore_errors=True)
