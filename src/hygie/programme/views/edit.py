"""Pages where an administrator edits the referential."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.foundation.journal.selectors import journal_of_object
from hygie.programme import selectors
from hygie.programme.errors import RuleRefused, ShapeRefused
from hygie.programme.forms import KINDS, NewMeasureForm, ParameterForm, TargetForm
from hygie.programme.services.edit import parameter_set, row_create, row_edit, row_release
from hygie.programme.services.referential import referential_load
from hygie.programme.words import localized
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


def _demand(request: HygieRequest) -> None:
    if not request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HygieRequest, kind: str, pk: int) -> HttpResponse:
    """Edit one row of one kind."""
    _demand(request)
    if kind not in KINDS:
        raise NotFound
    model, form_class = KINDS[kind]
    row = selectors.row_get(model, pk)
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        # The form has already put its values on its own copy: the service compares with fresh ones.
        fresh = selectors.row_get(model, pk)
        done = partial(row_edit, perimeter=request.perimeter, kind=kind, row=fresh)
        if _is_done(form, done):
            messages.success(request, _("Modification enregistrée ; les états suivent."))
            return redirect("programme:edit", kind, pk)
    context = {"form": form, "row": row, "kind": kind, "journal": journal_of_object(kind, pk)[:20]}
    return render(request, "programme/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def measure_new(request: HygieRequest) -> HttpResponse:
    """Add a measure to the catalogue."""
    _demand(request)
    form = NewMeasureForm(request.POST or None)
    return _create(request, "measure", form, _("Nouvelle mesure"))


@login_required
@require_http_methods(["GET", "POST"])
def target_new(request: HygieRequest, pk: int) -> HttpResponse:
    """Add a target to an indicator."""
    _demand(request)
    indicator = selectors.indicator_get(pk)
    form = TargetForm(request.POST or None, instance=indicator.targets.model(indicator=indicator))
    title = _("Nouvelle cible de « %(title)s »") % {"title": localized(indicator, "title")}
    return _create(request, "target", form, title)


def _create(request: HygieRequest, kind: str, form: Any, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        done = partial(row_create, perimeter=request.perimeter, kind=kind, row=form.instance)
        if _is_done(form, done):
            messages.success(request, _("Ligne ajoutée ; les états suivent."))
            return redirect("programme:edit", kind, form.instance.pk)
    context = {"form": form, "title": title}
    return render(request, "programme/new.html", context, status=422 if form.errors else 200)


def _is_done(form: Any, done: Callable[..., Any]) -> bool:
    """Whether the service accepted the values; its refusal goes beside the field it is about."""
    try:
        done(values=form.cleaned_data)
    except (RuleRefused, ShapeRefused) as refusal:
        field = "rule" if isinstance(refusal, RuleRefused) else refusal.params["field"]
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


@login_required
@require_POST
def release(request: HygieRequest, kind: str, pk: int) -> HttpResponse:
    """Let the package write this row again."""
    _demand(request)
    if kind not in KINDS:
        raise NotFound
    row = selectors.row_get(KINDS[kind][0], pk)
    row_release(perimeter=request.perimeter, kind=kind, row=row)
    messages.success(request, _("Le prochain chargement du référentiel reprendra cette ligne."))
    return redirect("programme:edit", kind, pk)


@login_required
@require_POST
def parameter(request: HygieRequest, pk: int, name: str) -> HttpResponse:
    """Set a parameter of a framework."""
    _demand(request)
    framework = selectors.framework_get(pk)
    form = ParameterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Le paramètre attend un nombre, ou rien pour ne plus le fixer."))
    else:
        try:
            parameter_set(
                perimeter=request.perimeter,
                framework=framework,
                name=name,
                value=form.cleaned_data["value"],
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Paramètre enregistré ; les états suivent."))
    return redirect("programme:framework", pk)


@login_required
@require_http_methods(["GET", "POST"])
def version(request: HygieRequest) -> HttpResponse:
    """What loading the package's referential would change; POST loads it."""
    _demand(request)
    is_load = request.method == "POST"
    report = referential_load(perimeter=request.perimeter, dry_run=not is_load)
    if is_load:
        messages.success(request, _("Référentiel chargé ; les états suivent."))
        return redirect("programme:home")
    return render(request, "programme/version.html", {"report": report})
