"""What do the readers say about a file, in words that another layer can translate?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.message_parameters import MESSAGE_PARAMETERS

_LONGEST_TEXT = 200
_LONGEST_FIELD = 80


class Severity(StrEnum):
    """How much a message weighs: an error means that something was not read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def shortened(text: str) -> str:
    """Cut a text from a file to what a message can carry, without control characters.

    Args:
        text: any text, possibly very long.

    Returns:
        At most 200 characters, all printable.
    """
    cut = text[: _LONGEST_TEXT + 1]
    cleaned = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut
    )
    return cleaned if len(cleaned) <= _LONGEST_TEXT else cleaned[: _LONGEST_TEXT - 1] + "…"


def _end_of(path: str) -> str:
    """Cut a path to its end, which says most."""
    tail = shortened(path[-_LONGEST_FIELD:])
    return tail if len(path) <= _LONGEST_FIELD else f"…{tail[1:]}"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said about a file; `params` has exactly the names its code documents."""

    severity: Severity
    code: MessageCode
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    field: str = ""

    def __post_init__(self) -> None:
        expected = MESSAGE_PARAMETERS[self.code]
        if set(self.params) != set(expected):
            raise ValueError(f"{self.code} takes {expected}, not {tuple(self.params)}")
        safe = {
            name: shortened(value) if isinstance(value, str) else value
            for name, value in self.params.items()
        }
        object.__setattr__(self, "params", safe)
        object.__setattr__(self, "field", _end_of(self.field))
        object.__setattr__(self, "file", shortened(self.file))


class FileRefused(Exception):
    """The file as a whole cannot be used; carries the one message that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.file or 'file'}: {message.code}")
        self.message = message


class ReadingCancelled(Exception):
    """The caller asked to stop; nothing more was read."""


def refusal(
    code: MessageCode,
    *,
    file: str = "",
    row: int | None = None,
    field: str = "",
    **params: str | int | float,
) -> FileRefused:
    """Build the refusal of a whole file.

    Args:
        code: what is wrong.
        file: name shown to the user.
        row: line or row of the file, 1-based, when one is to blame.
        field: column, or path inside the file, when one is to blame.
        params: exactly the parameters that the code documents.

    Returns:
        The exception, to raise.
    """
    return FileRefused(Message(Severity.ERROR, code, params, file, row, field))


@dataclass(slots=True)
class Report:
    """Messages gathered while reading one file; keeps the first of each code, counts all.

    A hostile file of a million bad rows must not fill the memory with a million messages.
    """

    file: str = ""
    kept_per_code: int = 500
    messages: list[Message] = field(default_factory=list)
    counts: Counter[MessageCode] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    # Rows with an error, however many each has; errors of the file itself have none.
    rows_in_error: set[int] = field(default_factory=set)
    errors_without_row: int = 0

    def add(
        self,
        severity: Severity,
        code: MessageCode,
        *,
        row: int | None = None,
        field: str = "",
        **params: str | int | float,
    ) -> None:
        """Note one message about this file."""
        self._count(severity, code, row)
        if self.counts[code] <= self.kept_per_code:
            self.messages.append(Message(severity, code, params, self.file, row, field))

    def append(self, message: Message) -> None:
        """Note a message made elsewhere."""
        self._count(message.severity, message.code, message.row)
        if self.counts[message.code] <= self.kept_per_code:
            self.messages.append(message)

    def _count(self, severity: Severity, code: MessageCode, row: int | None) -> None:
        self.counts[code] += 1
        self.severities[severity] += 1
        if severity is Severity.ERROR:
            if row is None:
                self.errors_without_row += 1
            else:
                self.rows_in_error.add(row)

    def error(
        self,
        code: MessageCode,
        *,
        row: int | None = None,
        field: str = "",
        **params: str | int | float,
    ) -> None:
        """Note that something could not be read."""
        self.add(Severity.ERROR, code, row=row, field=field, **params)

    def warning(
        self,
        code: MessageCode,
        *,
        row: int | None = None,
        field: str = "",
        **params: str | int | float,
    ) -> None:
        """Note that something was read, yet deserves a look."""
        self.add(Severity.WARNING, code, row=row, field=field, **params)

    def info(
        self,
        code: MessageCode,
        *,
        row: int | None = None,
        field: str = "",
        **params: str | int | float,
    ) -> None:
        """Note a choice that the reader made."""
        self.add(Severity.INFO, code, row=row, field=field, **params)

    @property
    def has_errors(self) -> bool:
        """Tell whether something was refused."""
        return self.severities[Severity.ERROR] > 0

    @property
    def not_kept(self) -> Mapping[MessageCode, int]:
        """Give, by code, how many messages were counted and not kept."""
        return {
            code: count - self.kept_per_code
            for code, count in self.counts.items()
            if count > self.kept_per_code
        }

    def of(self, code: MessageCode) -> Iterator[Message]:
        """Give the kept messages of one code, in the order of the file."""
        return (message for message in self.messages if message.code is code)
