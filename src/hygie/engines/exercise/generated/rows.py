"""How does a draft become a row of the timeline?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hygie.engines.exercise.generated.texts.staff import LEVEL_HELP
from hygie.engines.exercise.generated.types import Asked
from hygie.engines.exercise.generated.words import Draft, StaffNote, Words
from hygie.engines.exercise.types import Condition, InjectRecord
from hygie.engines.exercise.vocabulary import CellKind, Level, Nature

_PATIENCE = {Level.BEGINNER: 1.5, Level.INTERMEDIATE: 1.0, Level.CONFIRMED: 0.8}
_JOINS = {CellKind.COMMUNICATION: CellKind.DECISION, CellKind.LOGISTICS: CellKind.CARE}
_TITLE_MOST, _SENDER_MOST, _OPTION_MOST = 300, 200, 200


@dataclass(slots=True)
class Rows:
    """The timeline under way.

    Attributes:
        asked: what is generated.
        names: values of `$name` that hold everywhere.
        made: rows so far.
    """

    asked: Asked
    names: Mapping[str, str]
    made: list[InjectRecord] = field(default_factory=list)
    _used: dict[str, int] = field(default_factory=dict)

    def say(self, words: Words, **names: str) -> str:
        """A text in the language of the scenario."""
        return words.said(self.asked.language, {**self.names, **names})

    def cells(self, kinds: Sequence[CellKind]) -> tuple[str, ...]:
        """Keys of the cells that play for these: who is not there is played for by another."""
        there = self.asked.cells
        chosen = (kind if kind in there else _JOINS.get(kind, kind) for kind in kinds)
        return tuple(dict.fromkeys(kind.value for kind in chosen))

    def key(self, name: str) -> str:
        """A key that no row bears: the name, with a number from the second time on."""
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name}-{self._used[name]}"

    def put(
        self,
        draft: Draft,
        minute: int,
        *,
        names: Mapping[str, str] | None = None,
        comment: str = "",
        options: Sequence[str] = (),
        conditions: tuple[Condition, ...] = (),
        after_min: int = 0,
    ) -> InjectRecord:
        """Add a row for players.

        Args:
            draft: what is written. minute: of play.
            names: values of `$name` for this row.
            comment: for the staff, before the help of the level.
            options: what may be decided. conditions, after_min: of a consequence.
        """
        said = {**self.names, **(names or {})}
        language = self.asked.language
        if draft.hint is not None and self.asked.level is Level.BEGINNER:
            help_said = self.say(LEVEL_HELP, hint=draft.hint.said(language, said))
            comment = f"{comment} {help_said}".strip()
        patience = draft.deadline_min * _PATIENCE[self.asked.level]
        row = InjectRecord(
            key=self.key(draft.key),
            title=_clipped(_capital(draft.title.said(language, said)), _TITLE_MOST),
            offset_s=minute * 60,
            channel=draft.channel,
            sender=_clipped(draft.sender.said(language, said), _SENDER_MOST),
            cells=self.cells(draft.cells),
            body=draft.body.said(language, said),
            expected=draft.expected.said(language, said),
            objective=draft.objective,
            options=tuple(_clipped(option, _OPTION_MOST) for option in options),
            score=draft.score,
            deadline_s=round(patience) * 60,
            comment=comment,
            deliverable=draft.deliverable.said(language, said) if draft.deliverable else "",
            conditions=conditions,
            after_s=after_min * 60,
        )
        self.made.append(row)
        return row

    def note(self, note: StaffNote, minute: int, **names: str) -> None:
        """Add a row for the staff alone."""
        self.tell(note.key, note.title, self.say(note.body, **names), minute, **names)

    def tell(self, key: str, title: Words, body: str, minute: int, **names: str) -> None:
        """Add a row for the staff alone, its text already said."""
        self.made.append(
            InjectRecord(
                key=self.key(key), title=self.say(title, **names), offset_s=minute * 60,
                nature=Nature.FACILITATION, body=body,
            )
        )  # fmt: skip

    def milestone(self, key: str, title: str, body: str, minute: int) -> None:
        """Add a row that tells all players where time stands."""
        self.made.append(
            InjectRecord(
                key=self.key(key), title=_clipped(title, _TITLE_MOST), offset_s=minute * 60,
                nature=Nature.MILESTONE, body=body,
            )
        )  # fmt: skip

    def sorted(self) -> tuple[InjectRecord, ...]:
        """All rows in the order of play; at one instant, as they were added."""
        return tuple(sorted(self.made, key=lambda row: row.offset_s))


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
