"""How is a state shown? Shape, word and colour together, in one order everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy


class StateWord(NamedTuple):
    """One of the seven results: its code, its word, and the sentence that explains it."""

    code: str
    word: Promise
    meaning: Promise


# From the best to the worst, then what does not count. Lists, bars and legends keep this order.
STATES: tuple[StateWord, ...] = (
    StateWord("passed", _("atteint"), _("La preuve est là et compte encore.")),
    StateWord("partial", _("partiel"), _("Une partie seulement de ce qui est demandé est là.")),
    StateWord("not_tested", _("non testé"), _("Rien n'a encore été mesuré ni fourni.")),
    StateWord("stale", _("périmé"), _("C'était atteint ; la preuve a expiré.")),
    StateWord("cannot_tell", _("indéterminé"), _("Ce qui est connu ne permet pas de conclure.")),
    StateWord("failed", _("non atteint"), _("Ce qui est mesuré ne suffit pas.")),
    StateWord("not_applicable", _("sans objet"), _("La demande ne s'applique pas ici.")),
)
# The same words after a number.
_COUNTED = {
    "passed": ngettext_lazy("atteint", "atteints", "count"),
    "partial": ngettext_lazy("partiel", "partiels", "count"),
    "not_tested": ngettext_lazy("non testé", "non testés", "count"),
    "stale": ngettext_lazy("périmé", "périmés", "count"),
    "cannot_tell": ngettext_lazy("indéterminé", "indéterminés", "count"),
    "failed": ngettext_lazy("non atteint", "non atteints", "count"),
    "not_applicable": ngettext_lazy("sans objet", "sans objet", "count"),
}
_BY_CODE = {state.code: state for state in STATES}
_SIZES = frozenset({"sm", "md", "lg"})


class UnknownStateError(ValueError):
    """A page asked for a state that is none of the seven."""


def state_of(value: object) -> StateWord:
    """The state of that code.

    Args:
        value: a code, or an enumeration member that is one.

    Raises:
        UnknownStateError: none of the seven.
    """
    code = str(getattr(value, "value", value))
    if code not in _BY_CODE:
        raise UnknownStateError(code)
    return _BY_CODE[code]


def state_shape(value: object) -> SafeString:
    """The drawing alone, silent: a word must stand beside it."""
    return format_html(
        '<svg class="hy-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("design/states.svg"),
        state_of(value).code,
    )


def state_badge(value: object, *, size: str = "md", word: bool = True, of: str = "") -> SafeString:
    """Shape, word and colour of a state.

    Args:
        value: code of the state.
        size: `sm` in dense lists, `md`, or `lg` at the head of a page.
        word: False shows the shape alone; the word is still read aloud and on hover.
        of: what the state is about, read aloud only.

    Raises:
        UnknownStateError: none of the seven.
    """
    state = state_of(value)
    return format_html(
        '<span class="hy-state hy-state--{code} hy-state--{size}"{title}>{shape}'
        '<span class="{css}">{word}</span>{about}</span>',
        code=state.code,
        size=size if size in _SIZES else "md",
        title=SafeString("") if word else format_html(' title="{}"', state.word),
        shape=state_shape(value),
        css="hy-state-word" if word else "visually-hidden",
        word=state.word,
        about=format_html('<span class="visually-hidden"> : {}</span>', of) if of else "",
    )


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many are in one state, and which share of the whole that makes."""

    state: StateWord
    count: int
    share: float

    @property
    def word(self) -> str:
        """The state's word, in the number of the count."""
        return str(_COUNTED[self.state.code] % {"count": self.count})


def state_counts(counts: Mapping[str, int]) -> list[StateCount]:
    """Counts in the common order, states without any left out.

    Args:
        counts: code of the state → number, 0 or more.

    Raises:
        UnknownStateError: a key is none of the seven.
    """
    numbers = {state_of(key).code: int(number) for key, number in counts.items()}
    total = sum(numbers.values())
    return [
        StateCount(state, numbers[state.code], numbers[state.code] / total)
        for state in STATES
        if numbers.get(state.code)
    ]


# How a value is known, from the weakest to the strongest.
KNOWLEDGE: tuple[tuple[str, Promise, Promise], ...] = (
    ("declared", pgettext_lazy("connaissance", "déclaré"), _("Quelqu'un l'a dit.")),
    ("documented", pgettext_lazy("connaissance", "documenté"), _("Un document le montre.")),
    ("measured", pgettext_lazy("connaissance", "mesuré"), _("Un outil l'a mesuré.")),
    ("verified", pgettext_lazy("connaissance", "vérifié"), _("Un tiers l'a vérifié.")),
)


def knowledge_level(value: object) -> int:
    """1 to 4 for a level or its name, 0 when nothing is known.

    Raises:
        ValueError: neither a level nor a name.
    """
    if value is None or value == "":
        return 0
    names = [name for name, _word, _meaning in KNOWLEDGE]
    if isinstance(value, str) and value in names:
        return names.index(value) + 1
    level = int(str(getattr(value, "value", value)))
    if not 0 <= level <= len(KNOWLEDGE):
        raise ValueError(f"knowledge {level}: expected 0 to {len(KNOWLEDGE)}")
    return level


def knowledge_mark(value: object, *, word: bool = True) -> SafeString:
    """One to four filled marks and the word that says how a figure is known.

    Args:
        value: 1–4, an enumeration member, a name, or None for "not known".
        word: False keeps the word for readers and hover only.
    """
    level = knowledge_level(value)
    name, meaning = (
        KNOWLEDGE[level - 1][1:] if level else (_("non précisé"), _("Origine non renseignée."))
    )
    return format_html(
        '<span class="hy-known hy-known--{}" title="{}">'
        '<svg class="hy-known-marks" viewBox="0 0 22 6" aria-hidden="true" focusable="false">'
        '<use href="{}#known-{}"></use></svg><span class="{}">{}</span></span>',
        level,
        meaning,
        static("design/states.svg"),
        level,
        "hy-known-word" if word else "visually-hidden",
        name,
    )
