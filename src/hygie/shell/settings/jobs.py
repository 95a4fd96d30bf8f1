"""Who runs long work: the embedded worker, or workers on many machines over PostgreSQL?"""

from typing import Any

from hygie.foundation import environment
from hygie.shell.settings.database import IS_POSTGRESQL

TASKS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": (
            "hygie.foundation.jobs.backends.procrastinate.ProcrastinateBackend"
            if IS_POSTGRESQL
            else "hygie.foundation.jobs.backends.embedded.EmbeddedBackend"
        ),
        "QUEUES": [],
    }
}
WORKER = (
    "hygie.foundation.jobs.backends.procrastinate_worker.procrastinate_run"
    if IS_POSTGRESQL
    else "hygie.foundation.jobs.backends.embedded_worker.embedded_run"
)
# Jobs that one worker runs at the same time; SQLite has one writer, hence one.
WORKER_CONCURRENCY = environment.integer("HYGIE_WORKER_CONCURRENCY", 2, minimum=1, maximum=32)
# It would import every application's tasks.py at start; the worker imports them itself.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME: str | None = None
PROCRASTINATE_IMPORT_PATHS = (
    ["hygie.foundation.jobs.backends.procrastinate_worker"] if IS_POSTGRESQL else []
)
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": 15.0,
    "fetch_job_polling_interval": 2.0,
}

# The loop's follow-ups, as one readable table: what is told → who works after the commit.
# Lower floors tell; upper floors are named here by dotted path, so no arrow runs back up.
FOLLOW_UPS: dict[str, list[str]] = {
    "facts_changed": ["hygie.governance.assessment.tasks.states_recompute_launch"],
    "referential_changed": [
        "hygie.progress.services.current.current_expiries_follow",
        "hygie.governance.assessment.tasks.states_recompute_all_launch",
    ],
    # The map of an organisation changed: what is computed from it no longer holds.
    "estate_changed": ["hygie.operations.impact.tasks.ranking_follow_launch"],
    # What care hands down a map too large for a page to wait.
    "estate_to_derive": ["hygie.territory.estate.tasks.derive_launch"],
    "territory_changed": ["hygie.governance.assessment.tasks.states_recompute_all_launch"],
}

# What runs by the clock: a task without arguments, `every` so many seconds or `at` a local time.
SCHEDULES: dict[str, dict[str, Any]] = {
    "assessment.nightly": {"task": "hygie.governance.assessment.tasks.run_nightly", "at": "00:20"},
    "directory.settle": {"task": "hygie.operations.directory.tasks.run_settle", "every": 60},
    "exercises.time": {"task": "hygie.governance.exercises.tasks.run_time_keep", "every": 60},
    "exercises.lessons": {
        "task": "hygie.governance.exercises.tasks.run_lessons_measure",
        "at": "00:10",
    },
    "impact.settle": {"task": "hygie.operations.impact.tasks.run_settle", "every": 60},
    "jobs.prune": {"task": "hygie.foundation.jobs.tasks.run_prune", "at": "03:30"},
    "live.prune": {"task": "hygie.foundation.live.tasks.run_live_prune", "at": "03:50"},
    "imports.prune": {"task": "hygie.foundation.imports.tasks.run_imports_prune", "at": "03:40"},
}

# What a worker that reads a file may do: the perimeter of the account that brought it.
IMPORTS_READER = "hygie.territory.people.selectors.perimeter_of"
# After that many days an ended import keeps its name, size and hash, no longer its file.
IMPORTS_KEEP_DAYS = environment.integer("HYGIE_IMPORTS_KEEP_DAYS", 90, minimum=1, maximum=3650)
# Kinds of file that users bring, and the class that reads, plans and applies each.
IMPORTS: dict[str, str] = {
    "territory.finess": "hygie.territory.organisations.imports.finess.FinessImport",
    "territory.ght": "hygie.territory.organisations.imports.ght.GhtImport",
    "territory.activity": "hygie.territory.organisations.imports.activity.ActivityImport",
    "estate.sheet": "hygie.territory.estate.imports.kinds.SheetImport",
    "estate.links": "hygie.territory.estate.imports.kinds.LinksImport",
    "estate.interfaces": "hygie.territory.estate.imports.kinds.InterfacesImport",
    "estate.glpi": "hygie.territory.estate.imports.kinds.GlpiImport",
    "estate.nmap": "hygie.territory.estate.imports.kinds.NmapImport",
    "estate.cyclonedx": "hygie.territory.estate.imports.kinds.CycloneDxImport",
    "estate.mercator": "hygie.territory.estate.imports.kinds.MercatorImport",
    "estate.map": "hygie.territory.estate.imports.kinds.MapImport",
    "programme.library": "hygie.programme.imports.LibraryImport",
    "progress.measurements": "hygie.progress.imports.measurements.MeasurementImport",
    "progress.evidence": "hygie.progress.imports.evidence.EvidenceImport",
    "progress.actions": "hygie.progress.imports.actions.ActionImport",
    "assessment.answers": "hygie.governance.assessment.imports.AnswerImport",
    "exercises.chronogram": "hygie.governance.exercises.imports.kinds.ChronogramImport",
    "exercises.openaev": "hygie.governance.exercises.imports.kinds.OpenAevImport",
    "exercises.cexf": "hygie.governance.exercises.imports.kinds.CexfImport",
}
