"""How are the columns that others write folded into ours?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hygie.connectors.exercise_formats.types import LONGEST
from hygie.connectors.exercise_formats.words import is_countdown
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.types import Column, Row

# "[img leak.png]" in a message of Mur@il shows a picture.
_PICTURE = re.compile(r"\s*\[img\s+([^\[\]\n]{1,200})\]", re.IGNORECASE)
_CODES = re.compile(r"\s*[;,\n]\s*")
_LONGEST_CODE, _MOST_MINUTES = 12, 1_440


@dataclass(frozen=True, slots=True)
class Folded:
    """The texts of a row once every column is in one of ours.

    Attributes:
        texts: title, body, expected, comment and the others; "action" as written.
        pictures: names of the files that its text shows.
        objective: its first objective.
        countdown_min: minutes of a countdown that starts; None for any other row.
    """

    texts: dict[str, str]
    pictures: tuple[str, ...]
    objective: str
    countdown_min: int | None


def folded(row: Row, texts: Mapping[str, str], columns: Mapping[str, Column]) -> Folded:
    """Fold the columns of others into the texts of a row.

    Args:
        row: the row.
        texts: of our own columns, title, body, expected and comment among them.
        columns: our column → the title under which it stands in this file.

    Returns:
        What the row says; nothing of it is lost: what has no place stands in the note of the staff.
    """
    said = {
        name: text_of(row.values.get(name, ""))
        for name in ("action", "expectation", "details", "capability", "controller", "objective")
    }
    found = {**texts, "action": said["action"]}
    notes = [said["action"] if texts["title"] else "", texts["comment"]]
    if said["details"]:
        found["body"] = _lines(texts["body"], said["details"])
    countdown = _countdown(row, found["body"])
    pictures = tuple(dict.fromkeys(_PICTURE.findall(found["body"])))
    found["body"] = _PICTURE.sub("", found["body"]).strip() if pictures else found["body"]
    if countdown is not None:
        found["body"] = ""
        found["title"] = texts["title"] or f"{text_of(row.values['nature'])} {countdown} min"
    shown = found["title"] or said["action"] or texts["body"] or found["body"]
    shown = _PICTURE.sub("", shown).strip() or " ".join(pictures)
    found["title"] = shown.splitlines()[0][: LONGEST["title"]] if shown else ""
    if said["expectation"] and said["expectation"] != texts["expected"]:
        found["expected"] = _lines(said["expectation"], texts["expected"])
    objective, others = _first(said["objective"] or said["capability"])
    if others:
        notes.append(f"{columns['objective'].title} : {others}")
    for name in ("capability", "controller"):
        if said[name] and not (name == "capability" and not said["objective"]):
            notes.append(f"{columns[name].title} : {said[name]}")
    found["comment"] = _lines(*notes)
    return Folded(found, pictures, objective, countdown)


def _lines(*texts: str) -> str:
    return "\n".join(one for one in texts if one)


def _first(objective: str) -> tuple[str, str]:
    """The objective of a row; of several codes the first one, and then all of them."""
    codes = [one for one in _CODES.split(objective) if one]
    if len(codes) > 1 and all(len(one) <= _LONGEST_CODE for one in codes):
        return codes[0], ", ".join(codes)
    return objective, ""


def _countdown(row: Row, body: str) -> int | None:
    """Minutes of a countdown: its text is their number."""
    if not is_countdown(text_of(row.values["nature"])) or not body.isdecimal():
        return None
    minutes = int(body[:5])
    return minutes if 0 < minutes <= _MOST_MINUTES else None
