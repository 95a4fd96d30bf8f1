"""How do translations become readable by gettext on a machine that has no msgfmt?"""

from pathlib import Path

from babel.messages.catalog import Catalog
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
    made = [compiled, *([_french(source)] if source.parts[-3] == "en" else [])]
    changed_at = source.stat().st_mtime_ns
    if all(one.exists() and one.stat().st_mtime_ns >= changed_at for one in made):
        return False
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        fresh = compiled.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            # A fuzzy sentence is a guess nobody has read again: the French one is shown instead.
            write_mo(file, catalogue, use_fuzzy=False)
        fresh.replace(compiled)
        if source.parts[-3] == "en":
            _count_in_french(source, catalogue)
    except (PoFileError, ValueError) as error:
        raise SetupRefused(f"{source} : {error}", f"{source}: {error}") from error
    except OSError as error:
        if not compiled.exists():
            raise SetupRefused(
                f"{compiled} : {error.strerror}", f"{compiled}: {error.strerror}"
            ) from error
        return False
    return True


def _french(source: Path) -> Path:
    return source.parents[2] / "fr" / "LC_MESSAGES" / source.with_suffix(".mo").name


def _count_in_french(source: Path, catalogue: Catalog) -> None:
    """Write the French plurals beside the English ones: in French, zero is singular."""
    french = Catalog(locale="fr")
    for message in catalogue:
        if isinstance(message.id, tuple) and all(message.id):
            french.add(message.id, message.id, context=message.context)
    compiled = _french(source)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    fresh = compiled.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, french)
    fresh.replace(compiled)
