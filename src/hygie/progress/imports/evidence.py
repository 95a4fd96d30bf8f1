"""How are many proofs brought in at once, with their files when they lie beside the sheet?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from hygie.connectors.files.sniff import FileType
from hygie.connectors.messages import Severity
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.types import Column
from hygie.foundation.documents.media import PROOFS
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.services import document_store
from hygie.foundation.errors import Refusal
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Text, Verb
from hygie.programme.models import DocumentKind
from hygie.programme.selectors import document_kinds
from hygie.progress.imports.sheet import Places, SheetImport
from hygie.progress.selectors.requirements import urns_by_name
from hygie.progress.selectors.standing import evidence_keys
from hygie.progress.services.evidence import evidence_add, evidence_dates_check
from hygie.territory.perimeter import Perimeter

# Nobody signs a plan in JSON, and XML may be a drawing that runs.
PROOF_TYPES = PROOFS - {FileType.JSON, FileType.XML}


class EvidenceImport(SheetImport):
    """One line per proof. Files come from a folder given at the command line, never by a page."""

    kind: ClassVar[str] = "progress.evidence"
    label: ClassVar[Text] = _("Liste de preuves")
    help: ClassVar[Text] = _(
        "Une ligne par preuve : organisation, type de document, intitulé, date d'effet. Les "
        "fichiers se joignent ensuite à chaque preuve, ou par la ligne de commande."
    )
    columns: ClassVar[Sequence[Column]] = (
        Column("document", ("Type", "Type de document", "Document kind")),
        Column("title", ("Intitulé", "Titre", "Title")),
        Column("effective_on", ("Date d'effet", "Date", "Effective date")),
        Column("expires_on", ("Expiration", "Expire le", "Expires"), required=False),
        Column("file", ("Fichier", "File"), required=False),
        Column("requirements", ("Exigences", "Exigence", "Requirements"), required=False),
    )
    notes: ClassVar[Mapping[str, Text]] = {
        **SheetImport.notes,
        "file_missing": _("Le fichier « %(name)s » n'est pas dans le dossier donné."),
        "file_apart": _(
            "Le fichier « %(name)s » ne vient pas avec la liste : joignez-le ensuite à sa preuve."
        ),
    }

    fields: ClassVar[Mapping[str, Text]] = {"effective_on": _("date d'effet")}

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.kinds: dict[str, DocumentKind] = {}
        self.urns: dict[str, str] = {}

    def batch(
        self,
        rows: Sequence[RowCheck],
        places: Places,
        planner: Planner,
        perimeter: Perimeter,
        *,
        is_dry_run: bool,
    ) -> None:
        """Plan some proofs; those already there (place, kind, title, day) are kept."""
        if not self.kinds:
            self._learn()
        standing: set[tuple[object, ...]] = set(
            evidence_keys({p.pk for p in places.known.values() if p is not None})
        )
        for check in rows:
            self._row(check, places, planner, perimeter, standing, is_dry_run=is_dry_run)

    def _learn(self) -> None:
        self.kinds = {row.code: row for row in document_kinds()}
        self.urns = urns_by_name()

    def _row(
        self, check: RowCheck, places: Places, planner: Planner, perimeter: Perimeter,
        standing: set[tuple[object, ...]], *, is_dry_run: bool,
    ) -> None:  # fmt: skip
        place = self.place(check, places, planner)
        code = check.text("document").lower()
        title = check.text("title", longest=200)
        day = check.date("effective_on", needed=True)
        expires_on = check.date("expires_on")
        kind = self.kinds.get(code)
        if code and kind is None:
            planner.note(
                Severity.ERROR, "unknown_code", row=check.row.number, field="Type", name=code
            )
        path = self._file(check, planner)
        urns = self._requirements(check, planner)
        if check.is_refused or place is None or kind is None or day is None or urns is None:
            return
        if (place.pk, code, title, day) in standing:
            planner.keep()
            return
        try:
            evidence_dates_check(day, expires_on)
            document = self._store(path, perimeter) if path and not is_dry_run else None
        except Refusal as refusal:
            self.refuse(planner, check, refusal)
            return
        standing.add((place.pk, code, title, day))
        planner.plan_change(
            Verb.ADD,
            key=f"{place.code} {code}",
            label=f"{place.name} · {title}",
            detail={"effective_on": [None, day.isoformat()]},
            row=check.row.number,
        )
        if not is_dry_run:
            evidence_add(
                perimeter=perimeter, organisation_id=place.pk, kind=kind, title=title,
                effective_on=day, expires_on=expires_on, document=document, requirement_urns=urns,
            )  # fmt: skip

    def _file(self, check: RowCheck, planner: Planner) -> Path | None:
        name = check.text("file", needed=False)
        if not name:
            return None
        if self.folder is None:
            planner.note(
                Severity.WARNING, "file_apart", row=check.row.number, field="Fichier", name=name
            )
            return None
        # Only a name is taken: a path would reach outside the folder.
        path = self.folder / Path(name).name
        if not path.is_file():
            planner.note(
                Severity.WARNING, "file_missing", row=check.row.number, field="Fichier", name=name
            )
            return None
        return path

    def _requirements(self, check: RowCheck, planner: Planner) -> list[str] | None:
        wanted = check.text("requirements", needed=False, longest=2000)
        urns: list[str] = []
        for word in wanted.replace(",", ";").split(";"):
            name = word.strip()
            urn = self.urns.get(name) or self.urns.get(name.upper())
            if name and urn is None:
                planner.note(
                    Severity.ERROR, "unknown_code", row=check.row.number, field="Exigences",
                    name=name,
                )  # fmt: skip
                return None
            if urn:
                urns.append(urn)
        return urns

    def _store(self, path: Path, perimeter: Perimeter) -> Document:
        with path.open("rb") as stream:
            return document_store(
                stream=stream, name=path.name, allowed=PROOF_TYPES, actor=perimeter.actor
            )
