"""Command line: a populated platform to look around in, or only its files."""

import argparse
import datetime as dt
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.governance.assessment.selectors.questionnaires import questionnaires_in
from hygie.governance.exercises.selectors.exercises import exercises_in
from hygie.programme.selectors import document_kinds, indicators, targets
from hygie.shell.cli import parser_build
from hygie.shell.commands import add_serve_arguments, serve_instance
from hygie.shell.demo import facts, questionnaires
from hygie.shell.demo.files import DemoFiles, files_write
from hygie.shell.demo.territory import generate
from hygie.shell.setup.first_start import database_prepare
from hygie.territory.perimeter import operator_perimeter

SEED = 2026
PASSWORD = "demonstration-hygie"  # noqa: S105  # printed on the screen of a demonstration
STAMP = "demo.loaded"
REHEARSED = "Rançongiciel, toutes entrées"
_DEFENCES = ("--defence", "offline_backup", "--defence", "admin_mfa", "--defence", "edr")

# The GHT that plans its exercises for three years.
PLANNED_AT = "BR-01"

# E-mail address, role, code of the node (a GHT, an entity by rank, a region, the nation).
ACCOUNTS = (
    ("rssi.ght@demo.hygie.example", "rssi", "BR-01", "RSSI du GHT Trois-Vallées"),
    ("dsi@demo.hygie.example", "dsi", "BR-02", "DSI d'un autre GHT"),
    ("direction@demo.hygie.example", "director", "entity:0", "directrice du CH support"),
    ("rssi@demo.hygie.example", "rssi", "entity:1", "RSSI d'un CH membre"),
    ("qualite@demo.hygie.example", "quality", "entity:0", "qualiticienne"),
    ("contribution@demo.hygie.example", "contributor", "entity:2", "contributeur"),
    ("audit@demo.hygie.example", "auditor", "BF-01", "auditrice"),
    ("ars@demo.hygie.example", "ars", "53", "ARS Bretagne"),
    ("grades@demo.hygie.example", "grades", "27", "GRADeS Bourgogne-Franche-Comté"),
    ("national@demo.hygie.example", "national", "FR", "DNS / ANS"),
    ("admin@demo.hygie.example", "administrator", "FR", "administratrice de la plateforme"),
)


def demo_load(*, folder: Path, today: dt.date) -> None:
    """Generate the files, then bring them in by the commands that users have.

    Raises:
        RuntimeError: a command refused its file; its own message stands above.
    """
    _run(["programme", "load"])
    _run(["exercises", "load"])
    territory = generate(SEED)
    files = files_write(
        folder,
        territory,
        indicators=list(_indicator_specs()),
        kinds=[
            facts.ProofSpec(kind.code, kind.title_fr, kind.validity_days)
            for kind in document_kinds()
        ],
        today=today,
        seed=SEED,
    )
    entities = [entity.finess for entity in territory.entities]
    for words in _script(files, entities, today):
        _run(words)
    for ask in questionnaires.CAMPAIGNS:
        _run(questionnaires.launch(ask, today))
        asked = questionnaires_in(operator_perimeter()).filter(campaign__name=ask.name)
        ids = list(asked.order_by("organisation__code").values_list("id", flat=True))
        for words in questionnaires.answering(ids, ask, folder):
            _run(words)
    # Of the exercises planned, the first one is ready to be played.
    drafts = exercises_in(operator_perimeter()).filter(state="draft", planned_at__isnull=False)
    for exercise in drafts.order_by("planned_at", "pk")[:1]:
        _run(["exercises", "ready", str(exercise.pk)])
    _run(["assessment", "recompute"])


def _script(files: DemoFiles, entities: Sequence[str], today: dt.date) -> Iterator[list[str]]:
    """The commands, in order: exactly what a new user would type."""
    for path in (files.entities, files.sites, files.members, files.activity):
        yield ["territory", "import", str(path)]
    yield ["progress", "import", str(files.measurements)]
    yield ["progress", "evidence-import", str(files.proofs), "--files", str(files.papers)]
    yield ["progress", "actions-import", str(files.actions)]
    for one in files.directories:
        yield ["directory", "record", str(one.path), "--at", entities[one.entity]]
    for estate in files.estates:
        yield ["estate", "import", str(estate.path), "--organisation", estate.place]
    place = files.estates[0].place
    yield ["impact", "simulate", "--organisation", place, "--keep", REHEARSED, *_DEFENCES]
    yield ["exercises", "load"]
    yield ["exercises", "transcribe", str(files.exercise), "--at", entities[0]]
    yield ["exercises", "plan", "--at", PLANNED_AT, "--apply"]
    since = (today - dt.timedelta(days=31 * facts.MONTHS)).replace(day=1)
    yield ["assessment", "history", "--since", since.strftime("%Y-%m")]
    for email, role, code, name in ACCOUNTS:
        place = entities[int(code.removeprefix("entity:"))] if ":" in code else code
        yield ["user", "add", email, "--role", role, "--at", place, "--last-name", name, "--stdin"]


def _run(words: list[str]) -> None:
    sys.stderr.write(f"hygie {' '.join(words)}\n")
    arguments = parser_build().parse_args(words)
    # `user add --stdin` reads the password there; no other command of the script reads anything.
    keyboard, sys.stdin = sys.stdin, io.StringIO(f"{PASSWORD}\n")
    try:
        code = arguments.run(arguments)
    finally:
        sys.stdin = keyboard
    if code != 0:
        raise RuntimeError(f"hygie {words[0]} {words[1]}: {code}")


def _indicator_specs() -> Iterator[facts.IndicatorSpec]:
    bounds: dict[int, float | None] = {}
    for target in targets():
        bound = target.at_least if target.at_least is not None else target.at_most
        bounds.setdefault(target.indicator_id, bound)
    for row in indicators():
        yield facts.IndicatorSpec(
            row.code,
            row.unit,
            row.direction == "lower",
            row.decimals,
            row.measured_by,
            row.held_at,
            bounds.get(row.pk),
        )


def demo_command(arguments: argparse.Namespace) -> int:
    """Serve a populated platform; the first start fills it."""
    stamp = Path(settings.HOME) / STAMP

    def prepare() -> None:
        database_prepare()
        if not stamp.exists():
            demo_load(folder=Path(settings.HOME) / "demo-files", today=timezone.localdate())
            stamp.touch()

    return serve_instance(arguments, prepare=prepare, on_ready=_accounts_print)


def demo_data_command(arguments: argparse.Namespace) -> int:
    """Bring the demonstration into this instance, without serving."""
    database_prepare()
    demo_load(folder=Path(settings.HOME) / "demo-files", today=timezone.localdate())
    _accounts_print()
    return 0


def _accounts_print() -> None:
    print(_("Comptes de démonstration (mot de passe « %(password)s ») :") % {"password": PASSWORD})
    for email, _role, _code, name in ACCOUNTS:
        print(f"  {email:<34} {name}")


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` and `demo-data`."""
    demo = subcommands.add_parser(
        "demo",
        help=_("Servir une plateforme peuplée de données inventées"),
        description=_("Au premier lancement, génère un territoire et l'importe ; puis le sert."),
        allow_abbrev=False,
    )
    add_serve_arguments(demo)
    demo.set_defaults(run=demo_command)
    data = subcommands.add_parser(
        "demo-data",
        help=_("Importer les données de démonstration dans cette instance"),
        allow_abbrev=False,
    )
    data.set_defaults(run=demo_data_command)
