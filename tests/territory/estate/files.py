"""Sheets to bring, and what is read of an import."""

from pathlib import Path

from hygie.foundation.imports.models import Import

APPLICATIONS = (
    "Code;Nom;Responsable;DMIA;Fournisseur;Serveurs;Hébergement\n"
    "DPI;Dossier patient;DIM;4 h;Éditeur A;srv-dpi-1, srv-dpi-2;interne\n"
    "LAB;Laboratoire;Biologie;2 h;Éditeur A;srv-lab;interne\n"
)


def sheet(path: Path, text: str) -> Path:
    """A file with this text."""
    path.write_text(text, encoding="utf-8")
    return path


def codes_of(run: Import) -> list[str]:
    """Codes of what was said, each once."""
    return sorted(set(run.messages.values_list("code", flat=True)))


def counts(run: Import) -> tuple[int, int, int]:
    """How many were added, changed, confirmed."""
    return run.counts["add"], run.counts["change"], run.counts["keep"]
