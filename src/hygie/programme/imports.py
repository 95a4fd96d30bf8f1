"""How is a public framework library brought in: read, shown, applied?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.connectors.frameworks.reader import read_library
from hygie.connectors.frameworks.types import Library
from hygie.connectors.messages import Severity
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Text
from hygie.foundation.jobs.watch import Watch
from hygie.programme.services.library import library_apply
from hygie.territory.perimeter import Perimeter, Right


class LibraryOptions(forms.Form):
    """What the user decides before reading."""

    accepts_older = forms.BooleanField(
        label=_("Accepter une version plus ancienne que la version en vigueur"), required=False
    )


class LibraryImport:
    """A framework library in the CISO Assistant YAML or Excel form."""

    kind: ClassVar[str] = "programme.library"
    label: ClassVar[Text] = _("Bibliothèque de référentiels")
    help: ClassVar[Text] = _(
        "Fichier YAML ou Excel au format des bibliothèques publiques CISO Assistant : "
        "référentiels, questions, traductions et correspondances."
    )
    accepts: ClassVar[tuple[str, ...]] = (".yaml", ".yml", ".xlsx")
    right: ClassVar[Any] = Right.MANAGE_PROGRAMME
    options_form: ClassVar[type[forms.Form] | None] = LibraryOptions
    notes: ClassVar[Mapping[str, Text]] = {
        "older_version": _(
            "%(framework)s : la version %(version)s est plus ancienne que la version en vigueur "
            "(%(current)s). Cochez l'option pour l'accepter."
        ),
        "packaged_framework": _(
            "%(framework)s : %(urn)s est l'identifiant d'un référentiel livré avec Hygie ; une "
            "bibliothèque ne peut pas le remplacer. Donnez-lui un autre URN."
        ),
        "text_too_long": _(
            "%(urn)s… : plus de %(limit)s caractères. Raccourcissez cet identifiant."
        ),
        "number_out_of_range": _("%(urn)s : un nombre dépasse %(limit)s. Corrigez-le."),
        "nul_in_text": _(
            "%(urn)s : un texte contient un caractère nul, qu'aucune base ne sait garder. "
            "Retirez-le."
        ),
    }
    fields: ClassVar[Mapping[str, Text]] = {
        "version": _("version"),
        "name": _("intitulé"),
        "description": _("description"),
        "order": _("ordre"),
        "depth": _("profondeur"),
        "library": _("Bibliothèque"),
        "frameworks": _("Référentiels"),
        "mapping_sets": _("Correspondances"),
        "ref_id": _("référence"),
        "nodes": _("lignes"),
        "assessable": _("exigences évaluables"),
    }

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """A library belongs to the whole platform."""
        if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
            raise NotAllowed
        return None

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """Read the file and say what it would add, change and keep."""
        watch.stage("Lecture du fichier")
        reading = read_library(path)
        if reading.library is None:
            return Planner().plan({}, report=reading.report, is_refused=True)
        planner = Planner()
        library_apply(
            perimeter=perimeter,
            library=reading.library,
            planner=planner,
            watch=watch,
            is_dry_run=True,
            accepts_older=bool(options.get("accepts_older")),
        )
        # A library refused in one place is refused whole: nothing is half-imported.
        is_refused = any(note.severity is Severity.ERROR for note in planner.notes)
        return planner.plan(
            understood(reading.library), report=reading.report, is_refused=is_refused
        )

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Perimeter,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Write it."""
        watch.stage("Lecture du fichier")
        reading = read_library(path)
        planner = Planner()
        if reading.library is not None:
            library_apply(
                perimeter=perimeter,
                library=reading.library,
                planner=planner,
                watch=watch,
                is_dry_run=False,
                accepts_older=bool(options.get("accepts_older")),
            )
        return planner.applied(plan_digest, report=reading.report)


def understood(library: Library) -> dict[str, Any]:
    """What the page says of the file."""
    return {
        "format": library.format,
        "library": library.name,
        "urn": library.urn,
        "version": library.version,
        "locale": library.locale,
        "frameworks": [
            {
                "ref_id": framework.ref_id,
                "nodes": len(framework.nodes),
                "assessable": len(framework.assessable),
            }
            for framework in library.frameworks
        ],
        "mapping_sets": len(library.mapping_sets),
        "ignored": dict(library.ignored),
    }
