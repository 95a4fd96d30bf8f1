"""How do translations become readable by gettext on a machine that has no msgfmt?"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from hygie.shell.setup.checkout import PACKAGE
from hygie.shell.setup.speech import SetupRefused


def catalogues_compile(package: Path = PACKAGE) -> int:
    """Compile each `.po` newer than its `.mo`.

    Args:
        package: folder under which `locale/<language>/LC_MESSAGES/*.po` are looked for.

    Returns:
        How many were compiled.

    Raises:
        SetupRefused: a catalogue is malformed, or cannot be written and has never been compiled.
    """
    return sum(_compile(source) for source in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")))


def _compile(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        fresh = compiled.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            # A fuzzy sentence is a guess nobody has read again: the French one is shown instead.
            write_mo(file, catalogue, use_fuzzy=False)
        fresh.replace(compiled)
    except (PoFileError, ValueError) as error:
        raise SetupRefused(f"{source} : {error}", f"{source}: {error}") from error
    except OSError as error:
        if not compiled.exists():
            raise SetupRefused(
                f"{compiled} : {error.strerror}", f"{compiled}: {error.strerror}"
            ) from error
        return False
    return True
