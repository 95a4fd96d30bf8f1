"""How are the targets of an indicator refreshed, those edited or added here excepted?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from hygie.programme.models import Indicator, IndicatorTarget
from hygie.programme.services.differences import differences
from hygie.programme.services.rows import LoadReport


def targets_write(
    wanted: Mapping[str, Sequence[dict[str, Any]]],
    indicators: Mapping[str, Indicator],
    report: LoadReport,
    *,
    is_dry_run: bool,
) -> None:
    """Refresh the targets of every indicator; one query when nothing changes.

    Args:
        wanted: columns of the targets, `key` included, by code of indicator.
        indicators: rows by code.
        report: takes what changes.
        is_dry_run: report only.
    """
    standing: dict[int, list[IndicatorTarget]] = defaultdict(list)
    for row in IndicatorTarget.objects.all():
        standing[row.indicator_id].append(row)
    for code, targets in wanted.items():
        indicator = indicators[code]
        rows = standing[indicator.pk] if indicator.pk else []
        _indicator_targets(indicator, rows, targets, report, is_dry_run=is_dry_run)


def _indicator_targets(
    indicator: Indicator,
    rows: list[IndicatorTarget],
    wanted: Sequence[dict[str, Any]],
    report: LoadReport,
    *,
    is_dry_run: bool,
) -> None:
    known = {row.key: row for row in rows if row.key}
    for columns in wanted:
        row = known.pop(columns["key"], None)
        name = f"{indicator.code} {'+'.join(columns['kinds'])} {columns['by_on'] or ''}".strip()
        if row is None:
            report.added.append(("target", name))
            if not is_dry_run:
                IndicatorTarget.objects.create(indicator=indicator, **columns)
        elif differs := differences(row, columns):
            told = report.kept if row.is_customised else report.changed
            told.append(("target", name, differs))
            if not is_dry_run and not row.is_customised:
                for column, value in columns.items():
                    setattr(row, column, value)
                row.save(update_fields=list(columns))
        else:
            report.unchanged += 1
    # One without a key was added here and then given back: nobody asks for it any more.
    for row in [*known.values(), *(row for row in rows if not row.key)]:
        if not row.is_customised:
            report.retired.append(("target", f"{indicator.code} {row.by_on or ''}".strip()))
            if not is_dry_run:
                row.delete()
