"""A real instance in a temporary folder, driven by its command line."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instance:
    """One HYGIE_HOME and its database."""

    home: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("HYGIE_", "DJANGO_", "DATABASE_URL", "PYTEST_"))
        }
        told = {"HYGIE_HOME": str(self.home), "HYGIE_PROFILE": "development", "LANG": "fr_FR.UTF-8"}
        return {
            **kept,
            **told,
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
        }

    def command(self, *words: str | Path) -> list[str]:
        return [sys.executable, "-P", "-m", "hygie.shell.cli", *map(str, words)]

    def run(self, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def succeed(self, *words: str | Path) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, code: str) -> str:
        """Run Python in the instance; returns what it printed."""
        return self.succeed("manage", "shell", "--no-imports", "-c", code).strip()
