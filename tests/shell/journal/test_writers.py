"""Two processes that decide at once: one chain, on SQLite's file and on PostgreSQL alike."""

import json
import subprocess

import pytest

from tests.shell.instances import Instance

WRITE = """
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM
for number in range(40):
    journal_write(actor=SYSTEM, action="thing.done", detail={"n": number, "rate": 0.1})
"""


@pytest.mark.process
def test_two_processes_write_one_chain_and_the_command_finds_what_is_touched(
    laid_instance: Instance,
) -> None:
    instance = laid_instance
    before = json.loads(instance.succeed("journal", "verify", "--json"))["lines"]
    writers = [
        subprocess.Popen(
            instance.command("manage", "shell", "--no-imports", "-c", WRITE),
            env=instance.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _writer in range(2)
    ]
    failures = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], failures
    answer = json.loads(instance.succeed("journal", "verify", "--json"))
    assert answer["intact"] and answer["lines"] == before + 80
    instance.ask(
        "from hygie.foundation.journal.models import JournalLine as L;"
        f"L.objects.filter(sequence={before + 7}).update(actor_label='someone else')"
    )
    touched = instance.run("journal", "verify")
    assert touched.returncode == 1
    assert f"La ligne {before + 7} a été modifiée" in touched.stdout
