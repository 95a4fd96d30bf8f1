"""Pages of indicators and their values."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import Refusal
from hygie.programme.models import Indicator
from hygie.programme.selectors import indicator_get
from hygie.progress import charts, tables
from hygie.progress.forms import HowForm, LineForm, MeasurementForm
from hygie.progress.selectors.actions import actions_due
from hygie.progress.selectors.evidence import evidence_expiring
from hygie.progress.selectors.indicators import (
    IndicatorLine,
    indicator_line,
    indicator_lines,
    indicators_held,
)
from hygie.progress.selectors.measurements import series_in
from hygie.progress.services.measurements import (
    NewMeasurement,
    measurement_record,
    measurements_record,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, depth_at, may, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth, Right

_SHORT = 10


@login_required
@require_GET
def home(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """What expires, what is missing, what is due at one place."""
    place = organisation_get_in(request.perimeter, organisation_id)
    today = timezone.localdate()
    lines = indicator_lines(request.perimeter, place, today)
    here = below(place, "organisation__")
    context = {
        "place": place,
        "missing": [line for line in lines if line.state == "not_tested" and line.target],
        "stale": [line for line in lines if line.state == "stale"],
        "recorded": sum(1 for line in lines if line.current),
        "indicator_count": len(lines),
        "expiring": evidence_expiring(request.perimeter, today=today).filter(here)[:_SHORT],
        "due": actions_due(request.perimeter, today=today).filter(here)[:_SHORT],
        "today": today,
        "is_detailed": depth_at(request.perimeter, place) >= Depth.DETAIL,
        "may_record": _may_record(request, place),
    }
    return render(request, "progress/home.html", context)


@login_required
@require_GET
def indicators(request: HygieRequest, organisation_id: int) -> HttpResponse | StreamingHttpResponse:
    """Every indicator with its latest value here."""
    place = organisation_get_in(request.perimeter, organisation_id)
    lines = indicator_lines(request.perimeter, place, timezone.localdate())
    table = tables.indicators_table(request, lines)
    if table.wants_export:
        return csv_response(table, f"indicateurs-{place.code}")
    context = {"place": place, "table": table, "may_record": _may_record(request, place)}
    return render(request, "progress/indicators.html", context)


@login_required
@require_GET
def indicator(request: HygieRequest, organisation_id: int, indicator_id: int) -> HttpResponse:
    """The history of one indicator here."""
    place = organisation_get_in(request.perimeter, organisation_id)
    row = indicator_get(indicator_id)
    series = list(series_in(request.perimeter, place.pk, row.pk))
    line = indicator_line(request.perimeter, place, row, timezone.localdate())
    is_held = indicators_held(place).filter(pk=row.pk).exists()
    context = {
        "place": place,
        "indicator": row,
        "line": line,
        "series": series[::-1],
        "chart": charts.series_chart(row, series, line.target),
        "is_detailed": depth_at(request.perimeter, place) >= Depth.DETAIL,
        "may_record": is_held and _may_record(request, place),
    }
    return render(request, "progress/indicator.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Record one value, of the indicator that the address names or of one to choose."""
    place = _recorded_at(request, organisation_id)
    held = indicators_held(place)
    settled = _settled(request, held)
    form = MeasurementForm(held, settled, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            measurement_record(perimeter=request.perimeter, organisation_id=place.pk, **values)
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, _("Mesure enregistrée ; les états suivent."))
            return redirect("progress:indicator", place.pk, values["indicator"].pk)
    context = {"place": place, "form": form, "indicator": settled}
    return render(request, "progress/record.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def record_many(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Record several values of one day at once."""
    place = _recorded_at(request, organisation_id)
    rows = indicator_lines(request.perimeter, place, timezone.localdate())
    sheet = tables.sheet_lines(rows, request.GET.get("show", ""), place)
    how = HowForm(request.POST or None)
    lines = [(row, LineForm(row.indicator, request.POST or None)) for row in sheet]
    if request.method == "POST" and all([how.is_valid(), *(form.is_valid() for _r, form in lines)]):
        try:
            count = _sheet_record(request, place, how, lines)
        except Refusal as refusal:
            how.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)d mesure enregistrée ; les états suivent.",
                            "%(n)d mesures enregistrées ; les états suivent.", count)  # fmt: skip
            messages.success(request, said % {"n": count})
            return redirect("progress:indicators", place.pk)
    is_refused = bool(how.errors) or any(form.errors for _row, form in lines)
    context = {"place": place, "how": how, "lines": lines, "choices": tables.SHEETS,
               "shown": request.GET.get("show", ""), "is_refused": is_refused}  # fmt: skip
    return render(request, "progress/record_many.html", context, status=422 if is_refused else 200)


def _sheet_record(
    request: HygieRequest,
    place: Organisation,
    how: HowForm,
    lines: list[tuple[IndicatorLine, LineForm]],
) -> int:
    values = how.cleaned_data
    return measurements_record(
        perimeter=request.perimeter,
        rows=[
            NewMeasurement(
                form.indicator,
                place,
                form.cleaned_data["value"],
                values["known_as"],
                values["effective_on"],
            )
            for _row, form in lines
            if form.is_filled
        ],
        origin="declared",
    )


def _recorded_at(request: HygieRequest, organisation_id: int) -> Organisation:
    return organisation_get_in(
        request.perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )


def _settled(request: HygieRequest, held: QuerySet[Indicator]) -> Indicator | None:
    """The indicator that the address names, if it is measured here."""
    asked = request.GET.get("indicator", "")
    return held.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None


def _may_record(request: HygieRequest, place: Organisation) -> bool:
    return may(request.perimeter, place, Right.RECORD)
