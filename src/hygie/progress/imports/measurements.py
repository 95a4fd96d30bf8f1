"""How are many values brought in at once?"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hygie.connectors.messages import Severity
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.types import Column
from hygie.foundation.errors import Refusal
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Text, Verb
from hygie.programme.models import Indicator
from hygie.programme.selectors import indicators
from hygie.progress.choices import Knowledge
from hygie.progress.imports.sheet import Places, SheetImport
from hygie.progress.selectors.standing import measurement_keys
from hygie.progress.services.measurements import (
    NewMeasurement,
    measurement_check,
    measurements_record,
)
from hygie.territory.perimeter import Perimeter

KNOWN_AS: dict[Knowledge, tuple[str, ...]] = {
    Knowledge.DECLARED: ("déclaré", "declare", "declared", "1"),
    Knowledge.DOCUMENTED: ("documenté", "documente", "documented", "2"),
    Knowledge.MEASURED: ("mesuré", "mesure", "measured", "3"),
    Knowledge.VERIFIED: ("vérifié", "verifie", "verified", "4"),
}


class MeasurementImport(SheetImport):
    """One line per organisation, indicator and day."""

    kind: ClassVar[str] = "progress.measurements"
    label: ClassVar[Text] = _("Mesures d'indicateurs")
    help: ClassVar[Text] = _(
        "Une ligne par organisation, indicateur et date d'effet ; une valeur vide veut dire "
        "« mesuré, sans pouvoir conclure ». Rien de ce qui est enregistré n'est effacé."
    )
    columns: ClassVar[Sequence[Column]] = (
        Column("indicator", ("Indicateur", "Code indicateur", "Indicator")),
        Column("value", ("Valeur", "Value")),
        Column("known_as", ("Connaissance", "Known as", "Knowledge"), required=False),
        Column("effective_on", ("Date d'effet", "Date", "Effective date")),
        Column("note", ("Note", "Commentaire", "Comment"), required=False),
    )
    fields: ClassVar[Mapping[str, Text]] = {"value": _("valeur"), "on": _("date d'effet")}

    def __init__(self) -> None:
        self.indicators: dict[str, Indicator] = {}

    def batch(
        self,
        rows: Sequence[RowCheck],
        places: Places,
        planner: Planner,
        perimeter: Perimeter,
        *,
        is_dry_run: bool,
    ) -> None:
        """Plan some values; those already recorded alike are kept."""
        if not self.indicators:
            self.indicators = {row.code: row for row in indicators()}
        found = [(check, self._value(check, places, planner)) for check in rows]
        wanted = [(check, new) for check, new in found if new is not None]
        standing = _standing([new for _check, new in wanted])
        fresh: list[NewMeasurement] = []
        for check, new in wanted:
            key = _key(new)
            if key in standing:
                planner.keep()
                continue
            standing.add(key)
            fresh.append(new)
            planner.plan_change(
                Verb.ADD,
                key=f"{new.organisation.code} {new.indicator.code}",
                label=f"{new.organisation.name} · {new.indicator.title_fr}",
                detail={"value": [None, new.value], "on": [None, new.effective_on.isoformat()]},
                row=check.row.number,
            )
        if fresh and not is_dry_run:
            measurements_record(perimeter=perimeter, rows=fresh, origin="import")

    def _value(self, check: RowCheck, places: Places, planner: Planner) -> NewMeasurement | None:
        place = self.place(check, places, planner)
        code = check.text("indicator")
        indicator = self.indicators.get(code)
        if code and indicator is None:
            planner.note(
                Severity.ERROR, "unknown_code", row=check.row.number, field="Indicateur", name=code
            )
        value = check.number("value", needed=False)
        known_as = check.choice("known_as", KNOWN_AS, default=Knowledge.DECLARED)
        day = check.date("effective_on", needed=True)
        note = check.text("note", needed=False, longest=500)
        if check.is_refused or place is None or indicator is None or day is None:
            return None
        number = None if value is None else float(value)
        new = NewMeasurement(indicator, place, number, known_as, day, note=note)
        try:
            measurement_check(new, timezone.localdate())
        except Refusal as refusal:
            self.refuse(planner, check, refusal)
            return None
        return new


_Key = tuple[int, int, object, float | None, int]


def _key(new: NewMeasurement) -> _Key:
    return (
        new.organisation.pk, new.indicator.pk, new.effective_on, new.value, int(new.known_as),
    )  # fmt: skip


def _standing(rows: Sequence[NewMeasurement]) -> set[_Key]:
    """Values already recorded at the same places, for the same indicators and days; one query."""
    found = measurement_keys(
        {row.organisation.pk for row in rows},
        {row.indicator.pk for row in rows},
        min((row.effective_on for row in rows), default=timezone.localdate()),
    )
    return set(found)
