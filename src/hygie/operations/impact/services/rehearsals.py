"""How does a rehearsal begin, and how do its answer, its measure and its promises get written?"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.sniff import FileType
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.services import document_discard, document_store
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.services import journal_write
from hygie.operations.impact.asked import Asked, asked_check, asked_of
from hygie.operations.impact.bridge import ImpactMap, impact_map
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.errors import EntryMissing, NoCareMapped
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.outcome import arrays_of, summary_of
from hygie.operations.impact.playing import Played, attack_played, workers_for
from hygie.operations.impact.policies import may_rehearse
from hygie.operations.impact.selectors.exposure import directory_exposure
from hygie.operations.impact.selectors.parameters import parameter_changes
from hygie.operations.impact.services.measures import rehearsal_measures_record
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

# Arrays of ours: zeros shrink a thousandfold.
_PACK_LIMITS = Limits(
    max_bytes=512 * MEGABYTE, max_uncompressed_bytes=2048 * MEGABYTE, max_ratio=2_000,
    max_members=100,
)  # fmt: skip


@transaction.atomic
def rehearsal_create(
    *, perimeter: Perimeter, organisation: Organisation, name: str, asked: Asked
) -> RansomwareRehearsal:
    """Write down that an attack is to be rehearsed.

    Args:
        organisation: read inside the perimeter. name: to find it again.
        asked: its settings.

    Raises:
        NotAllowed: outside the rights. SettingRefused: a setting out of bounds.
        MapEmpty, NoCareMapped: there is nothing to attack, or nothing to lose.
        EntryMissing: the asset that names the entry is not on the map.
    """
    if not may_rehearse(perimeter, organisation):
        raise NotAllowed
    checked = asked_check(asked)
    found = impact_map(organisation)
    if not len(found.care):
        raise NoCareMapped(place=organisation.name)
    if checked.entry_id is not None and checked.entry_id not in found.node_by_id:
        raise EntryMissing(entry=checked.entry)
    row = RansomwareRehearsal.objects.create(
        organisation=organisation, name=name.strip()[:120], asked=_kept(found, checked),
        seed=checked.seed, runs=checked.runs, created_by_id=perimeter.actor.user_id,
    )  # fmt: skip
    _told(perimeter, row, "rehearsal.requested", title=row.name, count=row.runs)
    return row


def rehearsal_job_set(*, rehearsal: RansomwareRehearsal, job: Job) -> RansomwareRehearsal:
    """Tie a rehearsal to the job that plays it."""
    rehearsal.job = job
    rehearsal.save(update_fields=["job"])
    return rehearsal


def rehearsal_compute(*, rehearsal: RansomwareRehearsal, watch: Watch) -> Played:
    """Play the attack. Writes nothing.

    Raises:
        MapEmpty, NoCareMapped, EntryMissing: the map changed meanwhile.
        WorkersRefused: the machines that compute do not answer.
    """
    place = rehearsal.organisation
    found = impact_map(place)
    if not len(found.care):
        raise NoCareMapped(place=place.name)
    return attack_played(
        found,
        asked_of(rehearsal.asked, runs=rehearsal.runs, seed=rehearsal.seed),
        changes=parameter_changes(place),
        exposure=directory_exposure(place),
        as_of=timezone.localdate(rehearsal.created_at),
        workers=workers_for(rehearsal.runs, settings.SIMULATION_THREADS, settings.DASK_SCHEDULER),
        watch=watch,
    )


@transaction.atomic
def rehearsal_record(
    *, perimeter: Perimeter, rehearsal: RansomwareRehearsal, played: Played
) -> RansomwareRehearsal:
    """Keep the answer: what pages show, the arrays of assets, the measure.

    To be called in the transaction that ends the job; one that has ended is left as it is.
    """
    row = RansomwareRehearsal.objects.select_for_update().get(pk=rehearsal.pk)
    if row.state != WorkState.RUNNING:
        return row
    row.state, row.revision, row.summary = WorkState.DONE, played.found.mark, summary_of(played)
    row.pack = _pack_store(perimeter, row, arrays_of(played))
    row.finished_at = timezone.now()
    row.save(update_fields=["state", "revision", "summary", "pack", "finished_at"])
    rehearsal_measures_record(perimeter=perimeter, rehearsal=row)
    _told(perimeter, row, "rehearsal.recorded", title=row.name, count=row.runs)
    return row


def rehearsal_now(
    *, perimeter: Perimeter, organisation: Organisation, name: str, asked: Asked, watch: Watch
) -> RansomwareRehearsal:
    """Play an attack at once and keep its answer: what a worker does, in the foreground.

    Raises:
        As `rehearsal_create` and `rehearsal_compute`; nothing is kept of one that breaks off.
    """
    row = rehearsal_create(perimeter=perimeter, organisation=organisation, name=name, asked=asked)
    try:
        played = rehearsal_compute(rehearsal=row, watch=watch)
    except BaseException:
        row.delete()
        raise
    return rehearsal_record(perimeter=perimeter, rehearsal=row, played=played)


def rehearsal_fail(*, rehearsal: RansomwareRehearsal, reason: str) -> None:
    """It could not be played: say why."""
    RansomwareRehearsal.objects.filter(pk=rehearsal.pk, state=WorkState.RUNNING).update(
        state=WorkState.FAILED, summary={"reason": reason}, finished_at=timezone.now()
    )


def rehearsals_settle() -> int:
    """End the rehearsals whose job ended without an answer; gives how many."""
    return RansomwareRehearsal.objects.filter(
        state=WorkState.RUNNING, job__state__in=(JobState.FAILED, JobState.CANCELLED)
    ).update(state=WorkState.FAILED, finished_at=timezone.now())


@transaction.atomic
def rehearsal_remove(*, perimeter: Perimeter, rehearsal: RansomwareRehearsal) -> None:
    """Forget a rehearsal and its arrays; the measure it left stays.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_rehearse(perimeter, rehearsal.organisation):
        raise NotAllowed
    _told(perimeter, rehearsal, "rehearsal.removed", title=rehearsal.name)
    pack = rehearsal.pack
    rehearsal.delete()
    if pack is not None:
        document_discard(pack)


def _kept(found: ImpactMap, asked: Asked) -> dict[str, Any]:
    """The settings as a page tells them later, when the asset may be gone."""
    data = asked.as_data()
    if asked.entry_id is not None:
        data["entry_name"] = found.names[found.node_by_id[asked.entry_id]]
    return data


def _pack_store(
    perimeter: Perimeter, row: RansomwareRehearsal, arrays: Mapping[str, NDArray[Any]]
) -> Document:
    """Write the arrays beside the documents: they are backed up, verified and swept with them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
    stream.seek(0)
    return document_store(
        stream=stream, name=f"repetition-{row.pk}.zip", allowed={FileType.ZIP},
        actor=perimeter.actor, limits=_PACK_LIMITS,
    )  # fmt: skip


def _told(perimeter: Perimeter, row: RansomwareRehearsal, action: str, **detail: str | int) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="rehearsal",
        object_id=row.pk,
        organisation_id=row.organisation_id,
        detail=detail,
    )
