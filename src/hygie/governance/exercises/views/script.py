"""How is the timeline written, row by row?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.documents.download import document_download
from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.errors import ActUnknown
from hygie.governance.exercises.forms import AttachmentForm, InjectForm, RowForm, ShiftForm
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.pages.editor import condition_choices, editor_context
from hygie.governance.exercises.pages.script import asked_of, script_context
from hygie.governance.exercises.selectors.exercises import attachment_get, inject_get
from hygie.governance.exercises.services.attachments import attachment_add, attachment_remove
from hygie.governance.exercises.services.design_injects import (
    inject_add,
    inject_copy,
    inject_edit,
    inject_remove,
    timeline_shift,
)
from hygie.governance.exercises.views.access import designed
from hygie.territory.people.http import HygieRequest

NEW = "nouvelle"


@login_required
@require_http_methods(["GET", "POST"])
def exercise_prepare(request: HygieRequest, pk: int) -> HttpResponse:
    """The timeline: read, narrowed, a row changed where it stands, what is to mend."""
    exercise = designed(request, pk)
    edited = request.GET.get("ligne", "")
    row = inject_get(exercise, int(edited)) if edited.isdecimal() else None
    form: RowForm | None = None
    if row is not None or edited == NEW:
        cells = list(exercise.cells.values_list("pk", "name"))
        start = {"offset_s": _last_second(exercise)} if row is None else None
        form = RowForm(row, cells, request.POST or None, initial=start)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _row_save(request, exercise, row, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_here(request, exercise))
    context = script_context(exercise, asked_of(request.GET))
    context |= {
        "form": form,
        "edited": row.pk if row else edited if edited == NEW else "",
        "kept": _kept(request.GET),
        "shift": ShiftForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "exercises/exercise_prepare.html", context, status=status)


def _row_save(request: HygieRequest, exercise: Exercise, row: Inject | None, form: RowForm) -> None:
    if row is None:
        inject_add(perimeter=request.perimeter, exercise=exercise, values=form.values)
    else:
        inject_edit(
            perimeter=request.perimeter, exercise=exercise, inject_id=row.pk, values=form.values
        )


@login_required
@require_http_methods(["GET", "POST"])
def inject_editor(request: HygieRequest, pk: int, inject_id: int = 0) -> HttpResponse:
    """Everything of one row; a new one without its id."""
    exercise = designed(request, pk)
    row = inject_get(exercise, inject_id) if inject_id else None
    form = InjectForm(
        row,
        list(exercise.cells.values_list("pk", "name")),
        list(exercise.objectives.values_list("pk", "title")),
        condition_choices(exercise, row),
        request.POST or None,
        initial={} if row else {"offset_s": _last_second(exercise)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _row_save(request, exercise, row, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ligne enregistrée."))
            return redirect("exercises:exercise_prepare", exercise.pk)
    context = editor_context(exercise, row) | {"form": form, "attachment": AttachmentForm()}
    status = 422 if form.errors else 200
    return render(request, "exercises/inject_editor.html", context, status=status)


@login_required
@require_POST
def inject_act(request: HygieRequest, pk: int, inject_id: int) -> HttpResponse:
    """Copy a row, or take it away."""
    exercise = designed(request, pk)
    act = request.POST.get("act", "")
    try:
        if act == "copy":
            made = inject_copy(perimeter=request.perimeter, exercise=exercise, inject_id=inject_id)
            return redirect("exercises:inject_edit", exercise.pk, made.pk)
        if act != "remove":
            raise ActUnknown
        inject_remove(perimeter=request.perimeter, exercise=exercise, inject_id=inject_id)
        messages.success(request, _("Ligne retirée."))
    except (NotFound, ActUnknown):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_here(request, exercise))


@login_required
@require_POST
def timeline_move(request: HygieRequest, pk: int) -> HttpResponse:
    """Shift everything from a moment on."""
    exercise = designed(request, pk)
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            count = timeline_shift(
                perimeter=request.perimeter, exercise=exercise,
                from_s=form.cleaned_data["from_s"], by_s=form.cleaned_data["by_min"] * 60,
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(n)d ligne décalée.", "%(n)d lignes décalées.", count)
            messages.success(request, said % {"n": count})
    else:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    return redirect("exercises:exercise_prepare", exercise.pk)


@login_required
@require_POST
def file_add(request: HygieRequest, pk: int, inject_id: int) -> HttpResponse:
    """Give a row a file."""
    exercise = designed(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            messages.error(request, _("Choisissez un fichier."))
        else:
            file = form.cleaned_data["file"]
            attachment_add(
                perimeter=request.perimeter, exercise=exercise, inject_id=inject_id,
                stream=file, name=file.name or "",
            )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("exercises:inject_edit", exercise.pk, inject_id)


@login_required
@require_POST
def file_remove(request: HygieRequest, pk: int, attachment_id: int) -> HttpResponse:
    """Take a file away from a row."""
    exercise = designed(request, pk)
    row = attachment_remove(
        perimeter=request.perimeter, exercise=exercise, attachment_id=attachment_id
    )
    return redirect("exercises:inject_edit", exercise.pk, row)


@login_required
@require_GET
def file_get(request: HygieRequest, pk: int, attachment_id: int) -> HttpResponseBase:
    """A file of the script, for whoever prepares it."""
    found = attachment_get(designed(request, pk), attachment_id)
    assert found.document is not None  # noqa: S101  # the selector gives no other
    return document_download(found.document)


def _kept(query: QueryDict) -> str:
    """What narrows the table, as the address says it, without the row that is open."""
    kept = query.copy()
    kept.pop("ligne", None)
    return kept.urlencode()


def _here(request: HygieRequest, exercise: Exercise) -> str:
    kept = _kept(request.GET)
    address = reverse("exercises:exercise_prepare", args=[exercise.pk])
    return f"{address}?{kept}" if kept else address


def _last_second(exercise: Exercise) -> int:
    last = exercise.injects.order_by("-offset_s").values_list("offset_s", flat=True).first()
    return last if last is not None else 0
