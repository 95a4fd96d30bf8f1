"""Command line: load the models, bring a script in, take one out, check it."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.connectors.exercise_formats.opening import likely_format
from hygie.foundation.errors import NotFound
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.terminal import import_tell
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.errors import FileAbsent
from hygie.governance.exercises.exports import script_cexf, script_xlsx
from hygie.governance.exercises.paper import players_kit, staff_kit
from hygie.governance.exercises.retex import retex_of
from hygie.governance.exercises.retex_paper import retex_paper
from hygie.governance.exercises.rooms import TIMELINES
from hygie.governance.exercises.selectors.exercises import (
    exercises_below,
    exercises_in,
    script_get_in,
)
from hygie.governance.exercises.selectors.library import library_at
from hygie.governance.exercises.services.closing import exercise_close
from hygie.governance.exercises.services.design import exercise_ready
from hygie.governance.exercises.services.library import library_load
from hygie.governance.exercises.services.plan import plan_apply, plan_proposals
from hygie.governance.exercises.services.script import exercise_findings
from hygie.governance.exercises.services.transcribed import exercise_transcribe
from hygie.governance.exercises.times import moment_written
from hygie.governance.exercises.transcripts import transcript_read
from hygie.governance.exercises.words import finding_sentence
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import operator_perimeter
from hygie.territory.sheets.selectors import mapping_named

_DONE, _NEGATIVE = 0, 1
_FORMATS = ("chronogram", "openaev", "cexf")
_WRITERS = {
    "xlsx": script_xlsx,
    "players-xlsx": lambda exercise: script_xlsx(exercise, for_players=True),
    "cexf": script_cexf,
    "kit": staff_kit,
    "players-kit": players_kit,
}


def load_command(arguments: argparse.Namespace) -> int:
    """Bring the models of the platform up to date."""
    loaded = library_load(perimeter=operator_perimeter())
    print(
        _(
            "Modèles d'exercice : %(added)d ajoutés, %(renewed)d renouvelés, %(kept)d inchangés, "
            "%(withdrawn)d retirés."
        )
        % {"added": loaded.added, "renewed": loaded.renewed, "kept": loaded.kept,
           "withdrawn": loaded.withdrawn}
    )  # fmt: skip
    return _DONE


def list_command(arguments: argparse.Namespace) -> int:
    """Exercises, or the models that may be taken up at a place."""
    perimeter = operator_perimeter()
    if arguments.models:
        if not arguments.at:
            raise NotFound
        rows = library_at(perimeter, organisation_by_code(perimeter, arguments.at))
    elif arguments.at:
        rows = exercises_below(perimeter, organisation_by_code(perimeter, arguments.at))
    else:
        rows = exercises_in(perimeter)
    found = [
        {
            "id": row.pk, "title": row.title, "language": row.language, "level": row.level,
            "state": row.state, "duration": moment_written(row.duration_s),
            "organisation": row.organisation.code if row.organisation else "",
            "planned_at": row.planned_at.isoformat() if row.planned_at else "",
        }
        for row in rows
    ]  # fmt: skip
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    for one in () if arguments.json else found:
        print("  ".join(str(one[name]) for name in ("id", "planned_at", "state", "title")))
    return _DONE


def import_command(arguments: argparse.Namespace) -> int:
    """Bring a script in; 0 applied (or, dry, understood), 3 refused."""
    path = Path(arguments.file)
    if not path.is_file():
        raise FileAbsent(file=str(path))
    options: dict[str, Any] = {
        "organisation": arguments.at,
        "exercise": arguments.replace,
        "title": arguments.title,
        "kind": ExerciseKind.TEMPLATE.value if arguments.model else ExerciseKind.RUN.value,
        "start": arguments.start,
    }
    watch: Watch = SilentWatch() if arguments.json else TerminalWatch()
    kind = f"exercises.{arguments.format or _format_of(path)}"
    perimeter = operator_perimeter()
    if arguments.mapping:
        place = organisation_by_code(perimeter, arguments.at)
        options["mapping"] = mapping_named(perimeter, TIMELINES, place, arguments.mapping).pk
    outcome = (
        import_run_now(
            perimeter=perimeter, kind=kind, path=path, options=options, watch=watch, dry_run=True
        )
        if arguments.dry_run
        else import_run_now(perimeter=perimeter, kind=kind, path=path, options=options, watch=watch)
    )
    if isinstance(watch, TerminalWatch):
        watch.close()
    return import_tell(kind, outcome, as_json=arguments.json)


def export_command(arguments: argparse.Namespace) -> int:
    """Take a script out."""
    exercise = script_get_in(operator_perimeter(), arguments.exercise)
    content = _WRITERS[arguments.format](exercise)
    Path(arguments.output).write_bytes(content)
    print(_("%(size)d octets écrits dans %(file)s.") % {
        "size": len(content), "file": arguments.output,
    })  # fmt: skip
    return _DONE


def transcribe_command(arguments: argparse.Namespace) -> int:
    """Bring in an exercise played elsewhere; closed with its report when it says so."""
    path = Path(arguments.file)
    if not path.is_file():
        raise FileAbsent(file=str(path))
    told = transcript_read(path.read_bytes())
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.at)
    made = exercise_transcribe(perimeter=perimeter, organisation_id=place.pk, told=told)
    if told.close:
        exercise_close(perimeter=perimeter, exercise=made, paper=retex_paper(retex_of(made)))
    print(_("Exercice n° %(number)d repris : %(title)s.") % {
        "number": made.pk, "title": made.title,
    })  # fmt: skip
    return _DONE


def ready_command(arguments: argparse.Namespace) -> int:
    """Declare that an exercise may be played."""
    exercise = script_get_in(operator_perimeter(), arguments.exercise)
    exercise_ready(perimeter=operator_perimeter(), exercise=exercise)
    print(_("L'exercice est prêt."))
    return _DONE


def plan_command(arguments: argparse.Namespace) -> int:
    """Say which exercises three years lack, and prepare them with --apply."""
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.at)
    found = plan_proposals(perimeter, place, arguments.language, now=timezone.now())
    for one in found:
        print(f"{one.planned_at:%Y-%m-%d}  {one.place.name}  {one.model.title}")
    if arguments.apply:
        count = plan_apply(
            perimeter=perimeter, place=place, language=arguments.language,
            wanted=[(one.place.pk, one.year) for one in found],
        )  # fmt: skip
        print(_("Exercices préparés : %(count)d.") % {"count": count})
    return _NEGATIVE if found and not arguments.apply else _DONE


def check_command(arguments: argparse.Namespace) -> int:
    """Say what is to mend; 1 when something forbids to play."""
    exercise = script_get_in(operator_perimeter(), arguments.exercise)
    scenario = scenario_of(exercise)
    found = [
        {"severity": one.severity.value, "code": one.code.value,
         "sentence": finding_sentence(one, scenario)}
        for one in exercise_findings(exercise)
    ]  # fmt: skip
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for one in found:
            print(f"[{one['severity']}] {one['sentence']}")
        if not found:
            print(_("Rien à régler."))
    return _NEGATIVE if any(one["severity"] == "blocking" for one in found) else _DONE


def _format_of(path: Path) -> str:
    with path.open("rb") as stream:
        return likely_format(stream).value


def register(subcommands: Any) -> None:
    """Add `hygie exercises …`."""
    parser = subcommands.add_parser("exercises", help=_("Exercices de crise"))
    words = parser.add_subparsers(dest="word", metavar=_("ACTION"), required=True)
    load = words.add_parser("load", help=_("Charger les modèles qui viennent avec la plateforme"))
    load.set_defaults(run=load_command)
    listed = words.add_parser("list", help=_("Lister les exercices, ou les modèles d'un lieu"))
    listed.add_argument("--at", default="", metavar="CODE", help=_("Structure : FINESS ou GHT"))
    listed.add_argument("--models", action="store_true", help=_("les modèles, avec --at"))
    listed.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    listed.set_defaults(run=list_command)
    _register_import(words)
    export = words.add_parser("export", help=_("Sortir un scénario ou ses dossiers"))
    export.add_argument("exercise", type=int, metavar=_("NUMÉRO"))
    export.add_argument("output", metavar=_("FICHIER"))
    export.add_argument("--format", choices=tuple(_WRITERS), default="xlsx", help=_("format"))
    export.set_defaults(run=export_command)
    check = words.add_parser(
        "check", help=_("Dire ce qui reste à régler ; sort en 1 si rien ne peut être joué")
    )
    check.add_argument("exercise", type=int, metavar=_("NUMÉRO"))
    check.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    check.set_defaults(run=check_command)
    ready = words.add_parser("ready", help=_("Déclarer un exercice prêt"))
    ready.add_argument("exercise", type=int, metavar=_("NUMÉRO"))
    ready.set_defaults(run=ready_command)
    told = words.add_parser("transcribe", help=_("Reprendre un exercice joué ailleurs"))
    told.add_argument("file", metavar=_("FICHIER"), help=_("récit, JSON"))
    told.add_argument("--at", required=True, metavar="CODE", help=_("Structure : FINESS ou GHT"))
    told.set_defaults(run=transcribe_command)
    plan = words.add_parser(
        "plan", help=_("Proposer les exercices de trois ans ; sort en 1 s'il en manque")
    )
    plan.add_argument("--at", required=True, metavar="CODE", help=_("Structure : FINESS ou GHT"))
    plan.add_argument("--language", choices=("fr", "en"), default="fr", help=_("des modèles"))
    plan.add_argument("--apply", action="store_true", help=_("les préparer"))
    plan.set_defaults(run=plan_command)


def _register_import(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bring = words.add_parser("import", help=_("Importer un chronogramme, un OpenAEV ou un CEXF"))
    bring.add_argument("file", metavar=_("FICHIER"))
    bring.add_argument("--at", required=True, metavar="CODE", help=_("Structure : FINESS ou GHT"))
    bring.add_argument("--format", choices=_FORMATS, default="", help=_("reconnu sinon"))
    bring.add_argument(
        "--start", default="", metavar=_("DATE"),
        help=_("début de l'exercice, pour les heures d'horloge : 2027-03-01T09:00"),
    )  # fmt: skip
    bring.add_argument(
        "--mapping", default="", metavar=_("NOM"), help=_("correspondance de titres")
    )
    bring.add_argument("--title", default="", metavar=_("TITRE"), help=_("celui du fichier sinon"))
    bring.add_argument("--model", action="store_true", help=_("en faire un modèle"))
    bring.add_argument(
        "--replace", type=int, default=None, metavar=_("NUMÉRO"),
        help=_("remplacer le scénario de cet exercice en préparation"),
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help=_("montrer sans rien écrire"))
    bring.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    bring.set_defaults(run=import_command)
