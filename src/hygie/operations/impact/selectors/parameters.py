"""Which value has each parameter of the model here, and who set it?"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from hygie.engines.ransomware.parameter_types import Parameter
from hygie.engines.ransomware.parameters import BY_KEY
from hygie.operations.impact.models import ImpactParameter
from hygie.operations.impact.parameter_words import SECTIONS, UNIT_WORDS, shown
from hygie.operations.impact.source_words import SOURCE_WORDS
from hygie.territory.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter with its value here.

    Attributes:
        parameter: default, bounds, source.
        words: its meaning.
        section: code of the group it is read in.
        place: in reading order.
        change: the row that sets it, here or above; None = the default.
        is_own: whether that row is this organisation's, hence may be reset here.
    """

    parameter: Parameter
    words: Promise
    section: str
    place: int
    change: ImpactParameter | None
    is_own: bool

    @property
    def key(self) -> str:
        """Names it."""
        return self.parameter.key

    @property
    def value(self) -> float:
        """As a page shows it."""
        found = self.parameter.default if self.change is None else self.change.value
        return shown(self.parameter, found)

    @property
    def default(self) -> float:
        """As a page shows it."""
        return shown(self.parameter, self.parameter.default)

    @property
    def low(self) -> float:
        """Least accepted, as a page shows it."""
        return shown(self.parameter, self.parameter.low)

    @property
    def high(self) -> float:
        """Most accepted, as a page shows it."""
        return shown(self.parameter, self.parameter.high)

    @property
    def unit(self) -> str:
        """In words."""
        return str(UNIT_WORDS[self.parameter.unit])

    @property
    def source(self) -> str:
        """What was read there, in the reader's language; "Judgement" when nothing was."""
        return str(SOURCE_WORDS.get(self.key, self.parameter.source))

    @property
    def url(self) -> str:
        """Where the source was read."""
        return self.parameter.url

    @property
    def note(self) -> str:
        """Where a changed value comes from."""
        return self.change.note if self.change else ""

    @property
    def is_changed(self) -> bool:
        """Whether it is not the default."""
        return self.change is not None


def parameter_rows(organisation: Organisation) -> list[ParameterRow]:
    """Every parameter, in reading order; the nearest change wins. 1 query."""
    nearest = _nearest(organisation)
    told = [(one, key, words) for one in SECTIONS for key, words in one.words.items()]
    return [
        ParameterRow(
            BY_KEY[key], words, section.code, place, change := nearest.get(key),
            change is not None and change.organisation_id == organisation.pk,
        )
        for place, (section, key, words) in enumerate(told)
        if key in BY_KEY
    ]  # fmt: skip


def parameter_row(organisation: Organisation, key: str) -> ParameterRow | None:
    """One parameter; None when the model has no such."""
    return next((row for row in parameter_rows(organisation) if row.key == key), None)


def parameter_changes(organisation: Organisation) -> dict[str, float]:
    """What differs from the defaults here, as the engine takes it. 1 query."""
    return {key: row.value for key, row in _nearest(organisation).items() if key in BY_KEY}


def parameters_mark(changes: Mapping[str, float]) -> str:
    """A short text that changes with the values."""
    told = ";".join(f"{key}={value!r}" for key, value in sorted(changes.items()))
    return f"{zlib.crc32(told.encode()):08x}" if told else "0"


def _nearest(organisation: Organisation) -> dict[str, ImpactParameter]:
    """Changes that hold here: one's own, else the legal entity's, else the group's."""
    chain = [organisation.ght_id, organisation.legal_entity_id, organisation.pk]
    wide_first = {pk: rank for rank, pk in enumerate(chain) if pk is not None}
    rows = ImpactParameter.objects.filter(organisation_id__in=wide_first).select_related(
        "set_by", "organisation"
    )
    found = sorted(rows, key=lambda row: wide_first[row.organisation_id])
    return {row.key: row for row in found}
