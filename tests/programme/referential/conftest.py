"""A small sound referential that each test breaks in one place, and the packaged one."""

import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hygie.programme.referential.content import Referential
from hygie.programme.referential.faults import Fault, FaultCode, ReferentialError
from hygie.programme.referential.load import load_referential

Files = dict[str, dict[str, Any]]

DAY = dt.date(2026, 1, 1)
SOURCED: dict[str, Any] = {"status": "inferred", "source": "Essai", "as_of": DAY}


def words(name: str) -> dict[str, str]:
    return {"fr": f"{name} en français", "en": f"{name} in English"}


def _listed(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "defaults": dict(SOURCED), "rows": list(rows)}


def _cost() -> dict[str, Any]:
    once = {"low": 1000, "high": 2000}
    size = {"once": dict(once), "yearly": {"low": 0, "high": 500}}
    return {name: copy.deepcopy(size) for name in ("small", "medium", "large")}


def _indicator(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": words(code),
        "help": words("aide"),
        "unit": "percent",
        "direction": "higher",
        "held_at": "ej",
        "rollup": "mean",
        "measured_by": "declared",
        "freshness_days": 365,
        "objectives": [1],
        **more,
    }


def _measure(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": words(code),
        "description": words("description"),
        "care_risk": words("risque"),
        "cost": _cost(),
        "effort": {"rssi": 3},
        "lead_weeks": 4,
        "indicators": [{"code": "share.one", "effect": "raise"}],
        **more,
    }


def _date(on: dt.date | None) -> dict[str, Any]:
    return {"on": on}


def minimal() -> Files:
    """One axis, one objective, one domain, one tree of two nodes, two measures."""
    dates = {
        "publication": _date(DAY),
        "phase_start": _date(DAY),
        "applications_from": _date(DAY),
        "applications_until": _date(dt.date(2026, 2, 1)),
        "attainment_from": _date(dt.date(2026, 3, 1)),
        "attainment_until": _date(None),
    }
    call = {
        "code": "d9-2026",
        "title": words("appel"),
        "legal_reference": None,
        "legal_url": None,
        "envelope": {"eur": 10},
        "dates": dates,
    }
    group = {
        "id": "D9.O1",
        "order": 1,
        "assessable": False,
        "title": words("groupe"),
        "description": words("groupe"),
    }
    leaf = {
        "id": "D9.O1.A",
        "parent": "D9.O1",
        "order": 1,
        "assessable": True,
        "title": words("exigence"),
        "description": words("exigence"),
        "explains": words("règle"),
        "documents": ["note"],
        "rule": {
            "all": [
                {"proof": {"document": "note", "window": {"from": DAY, "until": "attainment"}}},
                {"measure": {"indicator": "share.one", "at_least": {"parameter": "minimum"}}},
            ]
        },
    }
    plan = {"title": words("titre"), "description": words("description")}
    return {
        "referential.yaml": {
            "schema": 1,
            "urn": "urn:hygie:referential:essai",
            "version": 1,
            **plan,
            "published_on": DAY,
            "changelog": [{"version": 1, "published_on": DAY, "changes": words("première")}],
        },
        "axes.yaml": _listed({"number": 1, **plan}),
        "objectives.yaml": _listed(
            {
                "number": 1,
                "axis": 1,
                **plan,
                "number_status": "inferred",
                "content_status": "confirmed",
                "indicators": ["share.one"],
                "requirements": ["D9.O1.A"],
            }
        ),
        "domains.yaml": _listed(
            {
                "code": "d9",
                "number": 9,
                **plan,
                "objective": 1,
                "framework": "care-d9",
                "prerequisites": ["D9.O1.A"],
                "calls": [call],
            }
        ),
        "documents.yaml": _listed(
            {"code": "note", **plan, "validity_days": 365, "sensitivity": "internal"}
        ),
        "skills.yaml": _listed({"code": "rssi", "title": words("RSSI")}),
        "sizes.yaml": _listed(
            {
                "code": "small",
                "title": words("petit"),
                "headcount_from": 0,
                "headcount_until": None,
                "effort_factor": 1.0,
            }
        ),
        "mappings.yaml": _listed(
            {
                "code": "other",
                "title": words("autre"),
                "framework_urn": "urn:x:framework:y",
                "urn_prefix": "urn:x:node:",
                "rows": [
                    {
                        "ours": "D9.O1.A",
                        "theirs": "1",
                        "relationship": "equal",
                        "strength": 9,
                        "rationale": words("raison"),
                    }
                ],
            }
        ),
        "indicators/all.yaml": _listed(
            _indicator(
                "share.one",
                targets=[{"kinds": ["ej"], "by": DAY, "at_least": 50}],
            )
        ),
        "measures/all.yaml": _listed(
            _measure("first"), _measure("second", prerequisites=["first"])
        ),
        "frameworks/care-d9.yaml": {
            "schema": 1,
            "defaults": dict(SOURCED),
            "framework": {"code": "care-d9", "domain": "d9", **plan},
            "parameters": [
                {"name": "minimum", "title": words("minimum"), "unit": "percent", "value": None}
            ],
            "requirements": [group, leaf],
        },
    }


def write(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        dumper = yaml.SafeDumper
        dumper.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]
        target.write_text(yaml.dump(content, Dumper=dumper, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def files() -> Files:
    return minimal()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[Files], dict[FaultCode, Fault]]:
    """Loads a broken referential and gives its first fault of each code."""

    def load(files: Files) -> dict[FaultCode, Fault]:
        with pytest.raises(ReferentialError) as caught:
            load_referential(write(files, tmp_path))
        first: dict[FaultCode, Fault] = {}
        for fault in caught.value.faults:
            first.setdefault(fault.code, fault)
        return first

    return load


@pytest.fixture(scope="session")
def care() -> Referential:
    return load_referential()
