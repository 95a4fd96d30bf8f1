"""What does the address of the map ask to see? The whole state of the explorer is in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from hygie.engines.exploration.types import Way
from hygie.territory.estate.selectors.ground import CONTROL, KINDS, NEEDED, REFERENCES

MOST_LEVELS = 6
MOST_FOCUS = 24
_MOST_TOKENS = 200
GROUPS = ("site", "zone", "supplier", "organisation")
LEVELS, LAYERS = "niveaux", "couches"
PLACES_TIES, FLOW_TIES = "lieux", "flux"
_LETTERS = {"b": Way.DOWN, "h": Way.UP}

Opened = frozenset[tuple[int, Way]]


@dataclass(frozen=True, slots=True)
class MapAsked:
    """What is asked of the explorer.

    Attributes:
        focus: keys of assets to start from; none asks for the most vital care.
        up, down: levels each way; None leaves it to `levels_up` and `levels_down`.
        hidden: kinds passed through.
        group: what the boxes are gathered by, "" for nothing.
        layout: by distance from the focus, or by layers from care to places.
        ties: what is followed beside needs.
        opened: (key, way) whose neighbours are all shown.
        folded: keys beyond which nothing is shown.
        card: key of the asset of which a card is shown, 0 for none.
        words: what is searched for.
    """

    focus: tuple[int, ...] = ()
    up: int | None = None
    down: int | None = None
    hidden: frozenset[str] = frozenset()
    group: str = ""
    layout: str = LEVELS
    ties: frozenset[str] = frozenset()
    opened: Opened = frozenset()
    folded: frozenset[int] = frozenset()
    card: int = 0
    words: str = ""

    @property
    def levels_up(self) -> int:
        """Levels of who needs the focus: one; none around the most vital care."""
        return self.up if self.up is not None else (1 if self.focus else 0)

    @property
    def levels_down(self) -> int:
        """Levels of what the focus needs: two; one around the most vital care."""
        return self.down if self.down is not None else (2 if self.focus else 1)

    @property
    def followed(self) -> frozenset[str]:
        """Ties that the exploration follows."""
        found = NEEDED
        if PLACES_TIES in self.ties:
            found |= frozenset(REFERENCES)
        if FLOW_TIES in self.ties:
            found |= CONTROL
        return found

    def parameters(self) -> list[tuple[str, str]]:
        """What the address holds, without what is the default."""
        told: list[tuple[str, str]] = [("centre", str(pk)) for pk in self.focus]
        for name, value, default in (
            ("haut", self.up, None),
            ("bas", self.down, None),
            ("grouper", self.group, ""),
            ("q", self.words, ""),
            ("fiche", self.card or "", ""),
        ):
            if value != default:
                told.append((name, str(value)))
        told += [("sans", kind) for kind in KINDS if kind in self.hidden]
        told += [("liens", name) for name in sorted(self.ties)]
        letters = {way: letter for letter, way in _LETTERS.items()}
        told += [("ouvrir", f"{letters[way]}{pk}") for pk, way in sorted(self.opened)]
        told += [("plier", str(pk)) for pk in sorted(self.folded)]
        return told

    def address(self, **changes: object) -> str:
        """Query of the same exploration with some things changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # of the right type by name
        return "?" + urlencode(asked.parameters())

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """Parameters that a form of the page keeps beside those that it asks for."""
        return [(name, value) for name, value in self.parameters() if name not in names]

    def opening(self, pk: int, way: Way) -> str:
        """Address that shows all neighbours of an asset one way."""
        return self.address(opened=self.opened | {(pk, way)}, folded=self.folded - {pk})

    def folding(self, pk: int) -> str:
        """Address that shows nothing beyond an asset."""
        opened = frozenset(one for one in self.opened if one[0] != pk)
        return self.address(opened=opened, folded=self.folded | {pk})

    def unfolding(self, pk: int) -> str:
        """Address that shows again what stands beyond an asset."""
        return self.address(folded=self.folded - {pk})

    def centring(self, pk: int) -> str:
        """Address that looks around this asset alone."""
        return self.address(focus=(pk,), opened=frozenset(), folded=frozenset(), card=pk, words="")

    def adding(self, pk: int) -> str:
        """Address that looks around this asset too."""
        return self.address(focus=(*dict.fromkeys((*self.focus, pk)),), words="")

    def removing(self, pk: int) -> str:
        """Address that no longer looks around this asset."""
        return self.address(focus=tuple(one for one in self.focus if one != pk))

    def showing(self, pk: int) -> str:
        """Address that shows the card of an asset."""
        return self.address(card=pk)


def asked_from(query: QueryDict, *, layout: str = LEVELS) -> MapAsked:
    """Read an address; what makes no sense in it is passed over."""
    opened = {
        (int(one[1:]), _LETTERS[one[0]])
        for one in query.getlist("ouvrir")[:_MOST_TOKENS]
        if one[:1] in _LETTERS and _is_key(one[1:])
    }
    group = query.get("grouper", "")
    return MapAsked(
        focus=_keys(query.getlist("centre"))[:MOST_FOCUS],
        up=_level(query.get("haut", "")),
        down=_level(query.get("bas", "")),
        hidden=frozenset(query.getlist("sans")) & frozenset(KINDS),
        group=group if group in GROUPS else "",
        layout=layout,
        ties=frozenset(query.getlist("liens")) & {PLACES_TIES, FLOW_TIES},
        opened=frozenset(opened),
        folded=frozenset(_keys(query.getlist("plier")[:_MOST_TOKENS])),
        card=next(iter(_keys([query.get("fiche", "")])), 0),
        words=query.get("q", "").replace("\x00", "")[:100],
    )


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _keys(texts: Iterable[str]) -> tuple[int, ...]:
    """Keys of a list of values; one value may hold several, with commas."""
    words = (word.strip() for text in texts for word in text.split(","))
    return tuple(dict.fromkeys(int(word) for word in words if _is_key(word)))


def _level(text: str) -> int | None:
    return min(int(text), MOST_LEVELS) if _is_key(text) else None
