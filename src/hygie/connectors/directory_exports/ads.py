"""Which level, and which failing points, does an ADS report state?

The official report is read by people. What they take from it is a small file of our own, in YAML,
JSON or CSV:

    level: 2
    date: 2026-04-30
    domain: hopital.fr
    failing: [vuln2_krbtgt, vuln_guest-l2, dont_expire]
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import msgspec
import yaml

from hygie.connectors.files.digest import sha256_of
from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.opening import checked_size
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal, shortened
from hygie.engines.directory.facts import UNKNOWN, DirectoryExport, StatedVerdict
from hygie.engines.directory.vocabulary import ExportKind

ADS_LIMITS = Limits(max_bytes=MEGABYTE)
_FIRST, _LAST = 1, 5
_MOST_POINTS = 500
_DEEPEST = 5
_TITLES = frozenset({"level", "date", "domain", "point", "failing"})
_STATED_KEY = re.compile(r'\{\s*"(?:level|date|domain|failing)"\s*:', re.I)
_POINT = re.compile(
    r"(?:(?:vuln|warn|warning|info)([1-5])?_)?([a-z][a-z0-9_]{1,79}?)(?:-l([1-5]))?", re.ASCII
)


def normal_point_id(text: str) -> tuple[str, int | None] | None:
    """The catalogue id behind any way of writing it, and the level if it says one.

    `vuln1_krbtgt`, `vuln_krbtgt-l1` and `krbtgt` are one point. None = not of that form.
    """
    found = _POINT.fullmatch(text.strip().lower())
    if found is None:
        return None
    level = found.group(1) or found.group(3)
    return found.group(2), int(level) if level else None


def looks_like_ads(head: str) -> bool:
    """Whether the beginning of a text states a level or failing points, in one of the three forms.

    Args:
        head: the first characters, without mark nor blanks before them.
    """
    if head.startswith("{"):
        # An export of objects begins by its data or its meta.
        return _STATED_KEY.match(head) is not None
    first = head.partition("\n")[0].strip().lower()
    if ":" in first:
        return first.partition(":")[0].strip() in _TITLES
    titles = {title.strip() for title in re.split("[;,]", first)}
    return bool(titles & _TITLES) and titles <= _TITLES


def read_ads(path: Path, report: Report, *, file_name: str = "") -> DirectoryExport:
    """Read a stated level.

    Args:
        path: the file. report: receives what is refused, with its line or key.
        file_name: name shown to the user.

    Raises:
        FileRefused: neither a level nor a point, or the file is of no form known here.
    """
    name = file_name or path.name
    report.file = report.file or name
    checked_size(path, ADS_LIMITS, file_name=name)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    tree = _tree(text, name)
    return stated_level(
        tree.get("level"),
        tree.get("date"),
        _points(tree.get("failing")),
        report,
        name=name,
        digest=sha256_of(path),
        domain=str(tree.get("domain") or ""),
    )


def stated_level(
    level: Any,
    day: Any,
    failing: Iterable[str],
    report: Report,
    *,
    name: str,
    digest: str = "",
    domain: str = "",
) -> DirectoryExport:
    """Make an export of what somebody typed or imported.

    Args:
        level: 1 to 5 in any form, None when only points are given.
        day: of the report: a date, or `2026-04-30` or `30/04/2026`.
        failing: points, each written in any of its forms.
        report: receives what is refused. name: shown to the user. digest: of the file if any.
        domain: name of the domain or forest, for display.

    Raises:
        FileRefused: neither a level nor a point was understood.
    """
    stated = _level(level, report)
    verdicts = _verdicts(failing, report)
    if stated is None and not verdicts:
        raise refusal(MessageCode.ADS_NOTHING, file=name)
    lowest = min(
        ((min(v.levels), v.point) for v in verdicts.values() if v.levels), default=(_LAST, "")
    )
    if stated is not None and lowest[0] < stated:
        report.warning(
            MessageCode.ADS_CONTRADICTION, level=stated, point=lowest[1], lower=lowest[0]
        )
    return DirectoryExport(
        kind=ExportKind.ADS,
        name=name,
        digest=digest,
        tool="",
        collected_on=_day(day, report),
        facts=None,
        verdicts=verdicts,
        stated_level=stated,
        counts={"points": len(verdicts)},
        indicators={"DomainFQDN": shortened(domain)} if domain else {},
    )


def _tree(text: str, name: str) -> dict[str, Any]:
    """A mapping, from whichever of the three forms the text is in."""
    stripped = text.lstrip()
    if not stripped:
        raise refusal(MessageCode.FILE_EMPTY, file=name)
    head = stripped.splitlines()[0].lower()
    if stripped.startswith("{"):
        try:
            tree = msgspec.json.decode(stripped.encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError) as error:
            raise refusal(MessageCode.FILE_DAMAGED, file=name, part="JSON") from error
    elif ";" in head or ("," in head and ":" not in head):
        return _rows(stripped, ";" if ";" in head else ",", name)
    else:
        tree = _yaml(stripped, name)
    if not isinstance(tree, dict):
        raise refusal(MessageCode.ADS_NOTHING, file=name)
    return {str(key).strip().lower(): value for key, value in tree.items()}


def _yaml(text: str, name: str) -> Any:
    try:
        _check_yaml(text, name)
        return yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(getattr(error, "problem", "") or error)
        raise refusal(MessageCode.YAML_SYNTAX, file=name, problem=problem) from error


def _check_yaml(text: str, name: str) -> None:
    """Refuse what could grow: aliases, the only way to a large tree, and deep ones."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise refusal(MessageCode.YAML_TOO_MANY_NODES, file=name, limit=0)
        if depth > _DEEPEST:
            raise refusal(MessageCode.YAML_TOO_DEEP, file=name, limit=_DEEPEST)


def _rows(text: str, delimiter: str, name: str) -> dict[str, Any]:
    """Level, date and domain from the first row that has them, a point from every row."""
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    titles = {title: (title or "").strip().lower() for title in rows.fieldnames or ()}
    if not _TITLES & set(titles.values()):
        missing = ", ".join(sorted(_TITLES))
        raise refusal(MessageCode.HEADER_NOT_FOUND, file=name, missing=missing, rows=1)
    found: dict[str, Any] = {"failing": []}
    try:
        for row in rows:
            cells = {titles[key]: (row[key] or "").strip() for key in titles if row[key]}
            for key in ("level", "date", "domain"):
                if cells.get(key):
                    found.setdefault(key, cells[key])
            found["failing"] += [cells[key] for key in ("point", "failing") if cells.get(key)]
    except csv.Error as error:
        raise refusal(MessageCode.FILE_DAMAGED, file=name, part="CSV") from error
    return found


def _points(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part for part in re.split(r"[\s,;]+", value) if part]
    return [str(one) for one in value[: _MOST_POINTS + 1]] if isinstance(value, list) else []


def _level(value: Any, report: Report) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip()
    if len(text) == 1 and text.isascii() and text.isdigit() and _FIRST <= int(text) <= _LAST:
        return int(text)
    report.error(MessageCode.ADS_LEVEL, field="level", value=text)
    return None


def _day(value: Any, report: Report) -> int:
    """Seconds of the beginning of the day, UTC."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, datetime):
        value = value.date()
    for form in () if isinstance(value, date) else ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            value = datetime.strptime(str(value).strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        break
    if not isinstance(value, date):
        report.error(MessageCode.CELL_NOT_DATE, field="date", value=str(value))
        return UNKNOWN
    return max(int(datetime.combine(value, time(), UTC).timestamp()), 0)


def _verdicts(failing: Iterable[str], report: Report) -> dict[str, StatedVerdict]:
    levels: dict[str, set[int]] = {}
    for rank, text in enumerate(failing):
        normal = normal_point_id(text)
        if normal is None or rank >= _MOST_POINTS:
            report.error(MessageCode.ADS_POINT_UNKNOWN, field="failing", value=text)
            continue
        point, level = normal
        levels.setdefault(point, set()).update([] if level is None else [level])
    return {
        point: StatedVerdict(point, True, tuple(sorted(found))) for point, found in levels.items()
    }
