"""Command line: serve pages, run jobs, run the tests."""

import argparse
import contextlib
import sys
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from hygie.foundation.jobs.router import cache_table_lay
from hygie.foundation.jobs.worker import run_worker
from hygie.shell.cli import parser_build
from hygie.shell.errors import MigrationsPending
from hygie.shell.serving import Address, answers, child_environment, programs
from hygie.shell.setup.first_start import (
    Schema,
    database_prepare,
    schema_state,
    static_collect,
)
from hygie.shell.setup.frontend import frontend_prepare
from hygie.shell.supervisor import Supervisor, home_claimed, port_refuse_if_taken
from hygie.shell.testing import tests_run


def serve_instance(
    arguments: argparse.Namespace, *, prepare: Callable[[], None], on_ready: Callable[[], None]
) -> int:
    """Claim the home, prepare it, then keep pages and jobs alive until a stop.

    Args:
        arguments: host, port, workers, no_worker.
        prepare: brings the database to where pages may be served.
        on_ready: told once, when /healthz answers.
    """
    address = Address.chosen(arguments.host, arguments.port)
    with home_claimed(settings.HOME):
        port_refuse_if_taken(address.host, address.port)
        frontend_prepare()
        prepare()
        static_collect()

        def announce() -> None:
            print(_("Hygie répond à l'adresse %(address)s") % {"address": address}, flush=True)
            on_ready()

        return Supervisor(
            programs=programs(
                address, workers=arguments.workers, with_worker=not arguments.no_worker
            ),
            environment=child_environment(address),
            log=lambda sentence: print(f"hygie: {sentence}", file=sys.stderr, flush=True),
            is_ready=lambda: answers(address),
            on_ready=announce,
        ).run()


def serve_command(arguments: argparse.Namespace) -> int:
    """Serve this instance; a first start makes its tables, a later one never changes them."""

    def prepare() -> None:
        state = schema_state()
        if state is Schema.BEHIND:
            raise MigrationsPending
        # It holds nothing that lasts, hence travels in no backup; a second time does nothing.
        cache_table_lay()
        if state is Schema.EMPTY:
            database_prepare()
            # A platform without regions, referential nor exercises would open on nothing.
            for words in (["territory", "lay"], ["programme", "load"], ["exercises", "load"]):
                laying = parser_build(words[0]).parse_args(words)
                laying.run(laying)

    return serve_instance(arguments, prepare=prepare, on_ready=lambda: None)


def worker_command(_arguments: argparse.Namespace) -> int:
    """Run jobs until stopped."""
    with contextlib.suppress(KeyboardInterrupt):
        run_worker()
    return 0


def test_command(arguments: argparse.Namespace) -> int:
    """Run pytest on the sources; unknown words go to it."""
    return tests_run(arguments.rest, postgres=arguments.postgres, pages=arguments.pages)


def _whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two bounds, or a usage error that tells them."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(
                _("attendu : un nombre entier de %(least)s à %(most)s")
                % {"least": least, "most": most}
            )
        return int(text)

    return read


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", help=_("adresse d'écoute (HYGIE_HOST, sinon 127.0.0.1)"))
    parser.add_argument("--port", type=_whole(1, 65535), help=_("port (HYGIE_PORT, sinon 8000)"))
    parser.add_argument(
        "--workers",
        type=_whole(1, 64),
        help=_("processus de pages (HYGIE_WEB_WORKERS, sinon 2)"),
    )
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help=_("ne pas exécuter les travaux ici : « hygie worker » le fait sur une autre machine"),
    )


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve`, `worker` and `test`."""
    serve = subcommands.add_parser(
        "serve",
        help=_("Servir les pages et exécuter les travaux"),
        description=_("Un superviseur garde en vie le serveur de pages et les travaux."),
        allow_abbrev=False,
    )
    add_serve_arguments(serve)
    serve.set_defaults(run=serve_command)

    worker = subcommands.add_parser(
        "worker",
        help=_("Exécuter les travaux seulement"),
        description=_("À lancer sur d'autres machines avec PostgreSQL ; « serve » le fait déjà."),
    )
    worker.set_defaults(run=worker_command)

    test = subcommands.add_parser(
        "test",
        help=_("Lancer les tests"),
        description=_("Lance pytest ; les arguments inconnus lui sont passés."),
        allow_abbrev=False,
    )
    test.add_argument(
        "--postgres",
        action="store_true",
        help=_("sur PostgreSQL : DATABASE_URL, sinon 127.0.0.1:5432"),
    )
    test.add_argument(
        "--pages", action="store_true", help=_("exiger les tests de pages dans Chromium")
    )
    test.set_defaults(run=test_command, takes_rest=True)
