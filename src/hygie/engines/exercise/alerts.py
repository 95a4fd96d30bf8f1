"""Which expectations of a script are alerts: the crisis cell, the CERT or the ARS to be told?

A script has no column for it: it is read in what is expected of the players, in French or English.
"""

import re
from collections.abc import Mapping, Sequence

from hygie.engines.exercise.scoring import Marked, delays_of
from hygie.engines.exercise.types import InjectRecord
from hygie.engines.exercise.vocabulary import Result

_CLAUSE = re.compile(r"[;.!?\n]+")
_WHOM = re.compile(
    r"\bCERT\b|\bARS\b|(?i:\bcellules? de crise\b|\bla cellule\b(?! d[’'])"
    r"|\bcrisis (?:cell|team|unit)\b|\bthe cell\b)"
)
_TELLS = re.compile(
    r"\b(?:alert|pr[ée]v(?:en|ien)|avert|inform|appel(?:er|ez|le|ons)|signal|d[ée]clar"
    r"|saisi[rst]|annonc|dire à|contact|notif|ouvr|r[ée]uni|activ(?:er|ez|ation|ate)"
    r"|convoqu|mobilis|warn|tell|told|call|report|open|gather|conven|mobiliz)",
    re.IGNORECASE,
)


def is_alert(expected: str) -> bool:
    """Whether what is expected is, in one of its clauses, to tell the crisis cell, CERT or ARS.

    Args:
        expected: words of a script, French or English.
    """
    return any(_WHOM.search(clause) and _TELLS.search(clause) for clause in _CLAUSE.split(expected))


def alerts_given(injects: Sequence[InjectRecord], marked: Mapping[str, Marked]) -> list[bool]:
    """Of the alerts with a deadline that were played, whether each one was given in time.

    One that came in time and that observers saw missed was not given.

    Args:
        injects: the script.
        marked: key of an inject → what is known of its expectation; absent = not played.

    Returns:
        In the order of the script; empty when the script asks for none, or none was played.
    """
    expected = {inject.key: inject.expected for inject in injects}
    return [
        not delay.is_late and marked[delay.inject].result is not Result.MISSED
        for delay in delays_of(injects, marked)
        if delay.deadline_s is not None and is_alert(expected[delay.inject])
    ]
