"""Which exercise does an export of OpenAEV (once OpenBAS, once OpenEx) hold?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hygie.connectors.exercise_formats.chronogram import language_of
from hygie.connectors.exercise_formats.groups import free_key
from hygie.connectors.exercise_formats.html_text import text_of_html
from hygie.connectors.exercise_formats.json_file import json_objects
from hygie.connectors.exercise_formats.openaev_injects import STAFF, InjectReader, with_variables
from hygie.connectors.exercise_formats.types import (
    EXERCISE_LIMITS,
    LONGEST,
    ExerciseFormat,
    ExerciseLimits,
    ScenarioFile,
)
from hygie.connectors.exercise_formats.words import is_staff, kind_of_cell
from hygie.connectors.inventories.loose import Record, record_of, records_of, text_at
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.engines.exercise.types import (
    CellRecord,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)

_PREFIXES = ("scenario", "exercise")
_KNOWN_VERSION = 1
# Lists that a scenario of ours has no place for; people and their addresses are left on purpose.
_NOT_KEPT = (
    "users", "organizations", "tags", "lessons_categories", "lessons_questions", "challenges",
    "kill_chain_phases", "attack_patterns", "assets", "asset_groups", "polls",
)  # fmt: skip


def read_openaev(
    path: Path, *, file_name: str = "", limits: ExerciseLimits = EXERCISE_LIMITS
) -> ScenarioFile:
    """Read a scenario or a simulation exported by OpenAEV.

    Args:
        path: its ZIP archive, or the JSON text in it.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        The scenario: teams as cells, injects with their seconds from the start, expectations as
        expected reaction, points and delay, dependencies as conditions, `${name}` as `{{name}}`.
        Injects of unknown types are kept as notes of the staff, and told; people are never read.

    Raises:
        FileRefused: unreadable, dangerous, no export of OpenAEV, or of a later version.

    Cost: O(size).
    Source: importer of version 1, https://github.com/OpenAEV-Platform/openaev (Apache-2.0),
    classes ImportService, V1_DataImporter and Mixins; read, not copied.
    """
    name = file_name or path.name
    report = Report(name)
    document, prefix = _document(path, name, limits)
    version = document.get("export_version", _KNOWN_VERSION)
    if version != _KNOWN_VERSION:
        raise refusal(
            MessageCode.EXERCISE_VERSION, file=name, found=str(version)[:20], known=_KNOWN_VERSION
        )
    export = _Export(document, prefix, report)
    cells, objectives = export.cells(), export.objectives()
    reader = InjectReader(report, export.teams, export.documents(), export.articles())
    records = list(records_of(document.get(f"{prefix}_injects")))
    if len(records) > limits.most_rows:
        raise refusal(MessageCode.EXERCISE_TOO_LARGE, file=name, limit=limits.most_rows)
    injects = reader.injects(records)
    if not records:
        report.error(MessageCode.EXERCISE_NO_INJECT)
    export.tell()
    scenario = export.scenario(cells, objectives, injects)
    return ScenarioFile(ExerciseFormat.OPENAEV, scenario, report, rows=reader.rows)


def _document(path: Path, name: str, limits: ExerciseLimits) -> tuple[Record, str]:
    for _member, found in json_objects(path, file_name=name, limits=limits):
        for prefix in _PREFIXES:
            if isinstance(found.get(f"{prefix}_information"), dict):
                return found, prefix
    raise refusal(
        MessageCode.EXERCISE_NOT_KNOWN, file=name, accepted="OpenAEV (scenario, simulation)"
    )


@dataclass(slots=True)
class _Export:
    """The lists of one export."""

    document: Record
    prefix: str
    report: Report
    teams: dict[str, str] = field(default_factory=dict)

    def rows(self, what: str) -> Iterable[Record]:
        """Objects of one list."""
        return records_of(self.document.get(f"{self.prefix}_{what}"))

    def cells(self) -> list[CellRecord]:
        """Teams, each as a cell."""
        found: list[CellRecord] = []
        for rank, team in enumerate(self.rows("teams"), start=1):
            identifier = text_at(team, "team_id")
            if identifier in self.teams:
                continue
            name = text_at(team, "team_name")[: LONGEST["cell_name"]]
            if not name:
                self.report.warning(
                    MessageCode.FIELD_MISSING, row=rank, field="team_name", urn=self.prefix
                )
                name = f"Team {rank}"
            key = STAFF
            if not is_staff(name):
                key = free_key(name, (cell.key for cell in found), LONGEST["cell_key"], "cell")
                found.append(CellRecord(key, kind_of_cell(name), name))
            if identifier:
                self.teams[identifier] = key
        return found

    def objectives(self) -> list[ObjectiveRecord]:
        """Objectives; OpenAEV ties none to an inject."""
        found: list[ObjectiveRecord] = []
        for objective in self.rows("objectives"):
            title = text_at(objective, "objective_title") or text_at(
                objective, "objective_description"
            )
            if title:
                keys = (one.key for one in found)
                key = free_key(title, keys, LONGEST["objective_key"], "objective")
                found.append(ObjectiveRecord(key, title[: LONGEST["objective_title"]]))
        return found

    def documents(self) -> Mapping[str, str]:
        """Identifier of a document → its name."""
        return {
            text_at(one, "document_id"): text_at(one, "document_name", "document_target")
            for one in self.rows("documents")
        }

    def articles(self) -> Mapping[str, Record]:
        """Identifier of an article of the press → the article, with the kind of its channel."""
        kinds = {text_at(one, "channel_id"): one for one in self.rows("channels")}
        return {
            text_at(one, "article_id"): {
                **one, "channel": record_of(kinds.get(text_at(one, "article_channel")))
            }
            for one in self.rows("articles")
        }  # fmt: skip

    def tell(self) -> None:
        """Say what has no place in a scenario."""
        counts = Counter({what: len(list(self.rows(what))) for what in _NOT_KEPT})
        for what, count in counts.items():
            if count:
                self.report.info(MessageCode.EXERCISE_NOT_KEPT, what=what, count=count)
        about = record_of(self.document.get(f"{self.prefix}_information"))
        around = [part for part in ("header", "footer")
                  if text_at(about, f"{self.prefix}_message_{part}")]  # fmt: skip
        for part in around:
            self.report.info(MessageCode.EXERCISE_NOT_KEPT, what=f"message_{part}", count=1)
        workflow = record_of(self.document.get(f"{self.prefix}_workflow"))
        steps = len(list(records_of(workflow.get("workflow_steps"))))
        if steps:
            # Steps chain technical attacks; none of them is a message to people.
            self.report.warning(MessageCode.EXERCISE_NOT_KEPT, what="workflow_steps", count=steps)

    def scenario(
        self,
        cells: list[CellRecord],
        objectives: list[ObjectiveRecord],
        injects: list[InjectRecord],
    ) -> ScenarioRecord:
        """The whole."""
        about = record_of(self.document.get(f"{self.prefix}_information"))
        described = about.get(f"{self.prefix}_description")
        summary = text_of_html(described) if isinstance(described, str) else ""
        title = text_at(about, f"{self.prefix}_name") or Path(self.report.file).stem
        variables = {
            text_at(one, "variable_key"): str(one.get("variable_value") or "")
            for one in self.rows("variables")
            if text_at(one, "variable_key")
        }
        last = max((inject.offset_s for inject in injects), default=0)
        return ScenarioRecord(
            title=title[: LONGEST["scenario_title"]],
            summary=with_variables(summary),
            language=language_of(injects),
            duration_s=max(last, 0),
            cells=tuple(cells),
            objectives=tuple(objectives),
            injects=tuple(injects),
            variables=variables,
        )
