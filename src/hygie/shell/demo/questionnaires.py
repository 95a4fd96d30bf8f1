"""Which questionnaires does the demonstration ask, and how far has each gone?

Campaigns are launched and their workbooks filled offline and brought back, as people do.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

FRAMEWORK = "CARE-D2"
DUE_DAYS = 45
# Columns of the exported workbook, from 0: accepted answers, answer, key.
_ACCEPTED, _ANSWER, _KEY = 2, 3, 7
_UNKNOWN = frozenset({"ne sait pas", "does not know"})


@dataclass(frozen=True, slots=True)
class Ask:
    """One campaign: from which node, of which level; how many times each fate, in order."""

    node: str
    kind: str
    name: str
    fates: tuple[str, ...]


CAMPAIGNS = (
    Ask("53", "ght", "CaRE D2 : point d’étape des GHT bretons", ("close", "submit", "begun")),
    Ask("BR-01", "ej", "CaRE D2 : préparation de la déclaration d’atteinte",
        ("close", "submit", "send-back", "begun", "draft")),
)  # fmt: skip


def launch(ask: Ask, today: dt.date) -> list[str]:
    """The command that launches a campaign."""
    due = (today + dt.timedelta(days=DUE_DAYS)).isoformat()
    return ["assessment", "campaign", ask.node, "--framework", FRAMEWORK, "--kind", ask.kind,
            "--name", ask.name, "--due", due]  # fmt: skip


def answering(ids: Sequence[int], ask: Ask, folder: Path) -> Iterator[list[str]]:
    """The commands that export, bring back and move on each questionnaire of a campaign.

    Args:
        ids: questionnaires, in the order of their organisations.
        folder: where workbooks go; each is filled between its export and its return.
    """
    for rank, pk in enumerate(ids):
        fate = ask.fates[rank % len(ask.fates)]
        if fate == "draft":
            continue
        path = folder / f"questionnaire-{pk}.xlsx"
        yield ["assessment", "export", str(pk), str(path)]
        fill(path, share=0.5 if fate == "begun" else 1.0, weak=rank % 3 == 1)
        yield ["assessment", "answers", str(path), "--questionnaire", str(pk)]
        if fate == "begun":
            continue
        yield ["assessment", "submit", str(pk)]
        if fate == "close":
            yield ["assessment", "close", str(pk)]
        elif fate == "send-back":
            yield ["assessment", "send-back", str(pk), "--note",
                   "Précisez qui a signé la PSSI, et joignez la page de signature."]  # fmt: skip


def fill(path: Path, *, share: float, weak: bool) -> int:
    """Answer the questions of a workbook, as someone would offline.

    Args:
        share: of the questions, from the first; 0..1.
        weak: whether several-choice questions are only half ticked.

    Returns:
        How many questions were answered.
    """
    workbook = load_workbook(path)
    sheet = workbook.active
    rows = [] if sheet is None else list(sheet.iter_rows(min_row=2))
    asked = [row for row in rows if "#" in str(row[_KEY].value)]
    answered = asked[: max(1, round(share * len(asked)))]
    for row in answered:
        lines = [line for line in str(row[_ACCEPTED].value).splitlines() if line not in _UNKNOWN]
        is_several = lines[0].endswith(":")
        choices = lines[1:] if is_several else lines[:1]
        kept = choices[: max(1, len(choices) // 2)] if weak else choices
        row[_ANSWER].value = "\n".join(kept)
    workbook.save(path)
    workbook.close()
    return len(answered)
