"""From files to an answer: exports read, merged, decided. Used by pages and command line alike."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_noop

from hygie.connectors.directory_exports.opening import open_export
from hygie.connectors.messages import FileRefused, Message
from hygie.engines.directory.audit import AuditResult, AuditSettings, Stage, audit
from hygie.engines.directory.catalogue import CatalogueDay
from hygie.engines.directory.facts import UNKNOWN, DirectoryExport, DirectoryFacts
from hygie.engines.directory.vocabulary import Authority, Flag, Instant, ObjectKind
from hygie.foundation.documents.messages import sentence_of
from hygie.foundation.jobs.watch import Watch
from hygie.operations.directory.catalogue import catalogue
from hygie.operations.directory.errors import ExportUnreadable

STAGES = {
    Stage.MERGE: gettext_noop("Rapprochement des exports"),
    Stage.DERIVE: gettext_noop("Déduction des droits réels"),
    Stage.TIER_ZERO: gettext_noop("Périmètre du niveau 0"),
    Stage.POINTS: gettext_noop("Points de contrôle"),
    Stage.EXPOSURE: gettext_noop("Recherche des chemins"),
    Stage.CUTS: gettext_noop("Recherche des coupures"),
    Stage.PROOF: gettext_noop("Vérification des coupures proposées"),
}
_READING = gettext_noop("Lecture des exports")
_MEGABYTE = 1024 * 1024
_ENTERPRISE_ADMINS, _KRBTGT = 519, 502
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Reading:
    """The exports of the files given, and what the readers said of each file."""

    exports: tuple[DirectoryExport, ...]
    messages: tuple[tuple[str, Message], ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """An audit and what it was made on.

    Attributes:
        as_of: instant to which ages are counted. day: of the catalogue.
        settings: what was decided about the forest.
    """

    reading: Reading
    result: AuditResult
    as_of: int
    day: CatalogueDay
    settings: AuditSettings

    @property
    def effective_on(self) -> dt.date:
        """The day the directory was in that state."""
        return self.day.day


def exports_read(files: Iterable[tuple[Path, str]], watch: Watch) -> Reading:
    """Read each file.

    Args:
        files: paths, with the names their owner knows.

    Raises:
        ExportUnreadable: the first that cannot be used at all, with its reason.
    """
    exports: list[DirectoryExport] = []
    messages: list[tuple[str, Message]] = []
    for path, name in files:
        watch.stage(_READING, total=100)
        try:
            found = open_export(path, file_name=name, progress=_telling(watch))
        except FileRefused as refused:
            said = refused.message
            reason = sentence_of(said.code, said.params)
            raise ExportUnreadable(file=said.file or name, reason=reason) from refused
        exports += found.exports
        messages += [(name, message) for message in found.report.messages]
    return Reading(tuple(exports), tuple(messages))


def _telling(watch: Watch) -> Callable[[int, int], None]:
    """Progress in hundredths, whatever the reader counts."""
    last = 0

    def tell(done: int, total: int) -> None:
        nonlocal last
        percent = 100 * done // max(1, total)
        watch.advance(max(0, percent - last))
        last = max(last, percent)

    return tell


def computed(reading: Reading, settings: AuditSettings, now: int, watch: Watch) -> Computed:
    """Decide everything about these exports.

    Args:
        now: instant of the demand: what ages are counted to when no export is dated.
    """
    as_of = as_of_exports(reading.exports, now)
    day = catalogue().at(dt.datetime.fromtimestamp(as_of, dt.UTC).date())
    result = audit(
        reading.exports,
        as_of=as_of,
        catalogue=day,
        settings=settings,
        progress=lambda stage: watch.stage(STAGES[stage]),
    )
    return Computed(reading, result, as_of, day, settings)


def as_of_exports(exports: Sequence[DirectoryExport], now: int) -> int:
    """When the directory was seen last: the most recent collection, never in the future."""
    dated = [one.collected_on for one in exports if one.collected_on != UNKNOWN]
    return min(max(dated, default=now), now)


@dataclass(frozen=True, slots=True)
class ForestIdentity:
    """How a forest is known: SID and name of its root domain; "" when nothing tells."""

    root_sid: str
    name: str


def forest_of(result: AuditResult, exports: Sequence[DirectoryExport]) -> ForestIdentity:
    """The forest that the exports speak of.

    The root domain is the one that holds the group of enterprise administrators; of several, the
    one with the most accounts. Reports without objects tell a name at most.
    """
    facts = result.merged.facts
    roots = np.flatnonzero(
        (facts.authority == Authority.DOMAIN)
        & (facts.rid == _ENTERPRISE_ADMINS)
        & (facts.kind == ObjectKind.GROUP)
    )
    domains = facts.domain[roots]
    candidates = domains[domains >= 0]
    if not len(candidates):
        candidates = facts.of_kind(ObjectKind.DOMAIN)
    if len(candidates):
        counted = np.isin(facts.kind, (ObjectKind.USER, ObjectKind.COMPUTER)) & (facts.domain >= 0)
        accounts = np.bincount(facts.domain[counted], minlength=len(facts))
        root = int(candidates[np.argmax(accounts[candidates])])
        return ForestIdentity(facts.identifiers[root], facts.names[root] or facts.identifiers[root])
    named = (
        one.indicators.get("ForestFQDN") or one.indicators.get("DomainFQDN") for one in exports
    )
    return ForestIdentity("", next((name.upper() for name in named if name), ""))


def krbtgt_age_days(facts: DirectoryFacts, as_of: int) -> int | None:
    """Days since the oldest krbtgt secret was changed; None when no export tells."""
    accounts = (facts.authority == Authority.DOMAIN) & (facts.rid == _KRBTGT)
    changed = facts.instant(Instant.PASSWORD_SET)[accounts & ~facts.is_set(Flag.DELETED)]
    known = changed[changed > 0]
    return int((as_of - known.min()) // _DAY_S) if len(known) else None
