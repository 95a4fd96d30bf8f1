"""Which requirements do the objectives of an exercise prove, in words?"""

from collections.abc import Iterable

from hygie.programme.selectors import requirements_current
from hygie.programme.words import localized


def requirement_names(urns: Iterable[str]) -> dict[str, str]:
    """Reference and title of each requirement in force, by its URN; one query."""
    wanted = {urn for urn in urns if urn}
    if not wanted:
        return {}
    found = requirements_current().filter(urn__in=wanted)
    return {row.urn: f"{row.ref_id} – {localized(row, 'name')}" for row in found}


def requirement_suggestions(text: str, *, at_most: int = 12) -> list[tuple[str, str]]:
    """Reference and title of requirements that hold every word of a text, ours first."""
    rows = requirements_current()
    words = text.replace("\x00", "").split()[:6]
    if not words:
        return []
    named = [
        (row.ref_id, localized(row, "name"))
        for row in rows.only("ref_id", "name", "description", "translations", "framework__locale")
    ]
    found = [
        pair for pair in named
        if all(word.casefold() in " ".join(pair).casefold() for word in words)
    ]  # fmt: skip
    return found[:at_most]
