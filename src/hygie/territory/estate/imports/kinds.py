"""Which files tell about an information system, and how is each brought in?"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from hygie.connectors.files.limits import Limits
from hygie.connectors.files.sniff import FileType, sniff
from hygie.connectors.inventories.channels import read_channels
from hygie.connectors.inventories.cyclonedx import read_cyclonedx
from hygie.connectors.inventories.estate_file import estate_inventory
from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.interfaces_sheet import read_interfaces
from hygie.connectors.inventories.limits import INVENTORY_FILES
from hygie.connectors.inventories.links_sheet import read_links
from hygie.connectors.inventories.mapping import INTERFACES, LINKS, MIXED
from hygie.connectors.inventories.mercator import read_mercator
from hygie.connectors.inventories.nmap import read_nmap
from hygie.connectors.inventories.sheets import NOT_MAPPED, Mapped, read_sheet
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.inventories.workbook import read_workbook
from hygie.engines.estate.vocabulary import AssetKind
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.types import Applied, Plan, Text
from hygie.foundation.jobs.watch import Watch
from hygie.territory.estate.imports.options import (
    FILE_WINS,
    MAKE,
    FileOptions,
    InventoryOptions,
    MappedOptions,
    SheetOptions,
)
from hygie.territory.estate.imports.words import FIELDS, NOTES, VALUES
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.estate.selectors.identity import organisation_named
from hygie.territory.estate.services.merge.types import MergeOptions
from hygie.territory.estate.services.merge_inventory import inventory_apply, inventory_plan
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter, Right
from hygie.territory.sheets.selectors import mapping_get_at

Cancelled = Callable[[], bool]
# A channel may hold a page.
_MARKUP = frozenset({FileType.XML, FileType.HTML, FileType.SVG})


class InventoryImport:
    """What all of them share; each says how its file is read."""

    kind: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    accepts: ClassVar[tuple[str, ...]]
    right: ClassVar[Any] = Right.RECORD
    options_form: ClassVar[type[Form] | None] = InventoryOptions
    notes: ClassVar[Mapping[str, Text]] = NOTES
    fields: ClassVar[Mapping[str, Text]] = FIELDS
    is_scan: ClassVar[bool] = False
    values: ClassVar[Mapping[str, Mapping[Any, Text]]] = VALUES
    limits: ClassVar[Limits] = INVENTORY_FILES

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """The organisation whose map it is."""
        place = organisation_named(perimeter, options["organisation"])
        if not may_edit(perimeter, place):
            raise NotAllowed
        if options.get("mapping"):
            mapping_get_at(perimeter, ESTATE_SHEETS, place, options["mapping"])
        return place.pk

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would do."""
        place = organisation_named(perimeter, options["organisation"])
        return inventory_plan(
            perimeter=perimeter, organisation=place,
            inventory=self._opened(path, options, perimeter, place, watch),
            options=self._options(options), watch=watch,
        )  # fmt: skip

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Perimeter,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Do it."""
        place = organisation_named(perimeter, options["organisation"])
        return inventory_apply(
            perimeter=perimeter, organisation=place,
            inventory=self._opened(path, options, perimeter, place, watch),
            options=self._options(options), watch=watch, plan_digest=plan_digest,
        )  # fmt: skip

    def _opened(
        self, path: Path, options: Mapping[str, Any], perimeter: Perimeter, place: Organisation,
        watch: Watch,
    ) -> Inventory:  # fmt: skip
        def cancelled() -> bool:
            watch.check()
            return False

        watch.stage(gettext_noop("Lecture du fichier"))
        return self._inventory(path, self._mapped(options, perimeter, place), options, cancelled)

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        raise NotImplementedError

    def _mapped(
        self, options: Mapping[str, Any], perimeter: Perimeter, place: Organisation
    ) -> tuple[str, Mapped]:
        """What someone said of the sheet: its subject, its titles and words."""
        if not options.get("mapping"):
            return options.get("subject") or "", NOT_MAPPED
        row = mapping_get_at(perimeter, ESTATE_SHEETS, place, options["mapping"])
        return row.subject, Mapped(row.columns, row.values)

    def _options(self, options: Mapping[str, Any]) -> MergeOptions:
        return MergeOptions(
            source=self.kind,
            overwrites=options.get("on_difference") == FILE_WINS,
            creates=options.get("unknown_names", MAKE) == MAKE,
            is_scan=self.is_scan,
        )


class SheetImport(InventoryImport):
    """A sheet of assets, or a workbook of several sheets."""

    kind = "estate.sheet"
    label = _("Feuille d'éléments de la carte")
    help = _(
        "Vos listes d'applications, de serveurs, d'activités, de fournisseurs… en CSV, Excel ou "
        "OpenDocument : les titres sont reconnus en français et en anglais. Un classeur entier "
        "convient aussi."
    )
    accepts = (".csv", ".xlsx", ".ods")
    options_form = SheetOptions

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        subject, said = mapped
        if subject == LINKS:
            return read_links(path, mapped=said, cancelled=cancelled)
        if subject == INTERFACES:
            return read_interfaces(path, mapped=said, cancelled=cancelled)
        if not subject:
            return read_workbook(path, cancelled=cancelled)
        kind = None if subject == MIXED else AssetKind(subject)
        return read_sheet(path, kind, mapped=said, cancelled=cancelled)


class LinksImport(InventoryImport):
    """A sheet of links."""

    kind = "estate.links"
    label = _("Feuille de liens de la carte")
    help = _(
        "Une ligne par lien : source, relation, cible, et s'il y a lieu groupe de secours, nombre "
        "nécessaire, délai et effet."
    )
    accepts = (".csv", ".xlsx", ".ods")
    options_form = MappedOptions

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return read_links(path, mapped=mapped[1], cancelled=cancelled)


class InterfacesImport(InventoryImport):
    """A list of the channels of an interface engine."""

    kind = "estate.interfaces"
    label = _("Liste d'interfaces (EAI)")
    help = _(
        "Les canaux de votre moteur d'interfaces : un tableau (application source, application "
        "destination, protocole, port, messages), ou l'export XML des canaux de Mirth Connect."
    )
    accepts = (".csv", ".xlsx", ".ods", ".xml")
    options_form = MappedOptions

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        if sniff(path) in _MARKUP:
            return read_channels(path, cancelled=cancelled)
        return read_interfaces(path, mapped=mapped[1], cancelled=cancelled)


class GlpiImport(InventoryImport):
    """Inventories of GLPI."""

    kind = "estate.glpi"
    label = _("Inventaires GLPI")
    help = _(
        "Les inventaires de GLPI ou de ses agents (FusionInventory, OCS), en JSON ou en XML, seuls "
        "ou dans une archive ZIP. Aucun nom d'utilisateur n'est lu."
    )
    accepts = (".json", ".xml", ".ocs", ".zip")
    is_scan = True

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return read_glpi(path, cancelled=cancelled)


class NmapImport(InventoryImport):
    """A scan of the network."""

    kind = "estate.nmap"
    label = _("Balayage nmap")
    help = _("Le résultat XML d'un balayage (nmap -oX) : machines, adresses, services.")
    accepts = (".xml",)
    is_scan = True

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return read_nmap(path, cancelled=cancelled)


class CycloneDxImport(InventoryImport):
    """A bill of materials of an application."""

    kind = "estate.cyclonedx"
    label = _("Nomenclature CycloneDX (SBOM)")
    help = _(
        "La nomenclature logicielle d'une application, en JSON ou en XML : l'application et ses "
        "composants. Les vulnérabilités sont comptées, elles s'importent ailleurs."
    )
    accepts = (".json", ".xml")

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return read_cyclonedx(path, cancelled=cancelled)


class MercatorImport(InventoryImport):
    """Lists of Mercator."""

    kind = "estate.mercator"
    label = _("Listes de Mercator")
    help = _(
        "Les listes d'objets que Mercator exporte, en Excel, CSV ou JSON : activités, "
        "applications, serveurs, réseaux, entités, flux, et leurs liens."
    )
    accepts = (".xlsx", ".ods", ".csv", ".json")
    options_form = FileOptions

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return read_mercator(path, cancelled=cancelled)


class MapImport(InventoryImport):
    """A map exported by Hygie."""

    kind = "estate.map"
    label = _("Carte exportée par Hygie")
    help = _("Le fichier JSON d'une carte entière : rien ne s'y perd.")
    accepts = (".json",)
    options_form = FileOptions

    def _inventory(
        self, path: Path, mapped: tuple[str, Mapped], options: Mapping[str, Any],
        cancelled: Cancelled,
    ) -> Inventory:  # fmt: skip
        return estate_inventory(path, cancelled=cancelled)
