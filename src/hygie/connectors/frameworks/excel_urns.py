"""Which URN does the Excel form give to a row, by the rules of its tool?"""

import re
import unicodedata
from collections.abc import Mapping

_NOT_IN_URN = re.compile(r"[^a-z0-9_\-.\[\]():]")
_BLANKS = re.compile(r"[\s,]+")


def clean_suffix(text: str) -> str:
    """Make the end of a URN from a reference: lowercase ASCII, blanks as hyphens.

    Args:
        text: reference or name.

    Returns:
        Letters, digits and `_ - . [ ] ( ) :` only.

    Source: rules of the v2 form, intuitem/ciso-assistant-community (documented, not copied).
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _NOT_IN_URN.sub("_", plain.lower().replace(" ", "-"))


def expanded(text: str, prefixes: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Turn `abc:1.2, urn:…` into full URNs.

    Args:
        text: references separated by blanks or commas.
        prefixes: prefix → beginning of a URN.

    Returns:
        URNs, and the references whose prefix is unknown.
    """
    found: list[str] = []
    unknown: list[str] = []
    for reference in _BLANKS.split(text):
        prefix, colon, suffix = reference.partition(":")
        if reference.startswith("urn:"):
            found.append(reference)
        elif colon and prefix in prefixes:
            found.append(f"{prefixes[prefix]}:{clean_suffix(suffix)}")
        elif reference:
            unknown.append(reference)
    return found, unknown


class UrnMaker:
    """Gives each row its URN: by `urn_id`, else by reference, else by its place in the tree."""

    __slots__ = ("_base", "_counts", "_is_v1")

    def __init__(self, base: str, *, is_v1: bool) -> None:
        self._base = base
        self._is_v1 = is_v1
        self._counts: dict[int, int] = {}

    def enter(self, depth: int) -> None:
        """Begin to count the children of a new parent."""
        self._counts[depth] = 1

    def urn(self, depth: int, parent: str, *, identifier: str, reference: str, name: str) -> str:
        """Give the URN of one row; an unnamed one takes a number."""
        if identifier:
            return f"{self._base}:{identifier}"
        if reference:
            suffix = reference.lower().replace(" ", "-") if self._is_v1 else clean_suffix(reference)
            return f"{self._base}:{suffix}"
        rank = self._counts.get(depth, 1)
        self._counts[depth] = rank + 1
        if parent:
            return f"{parent}:{rank}"
        if name and not self._is_v1:
            return f"{self._base}:{clean_suffix(name)}"
        return f"{self._base}:node{rank}"
