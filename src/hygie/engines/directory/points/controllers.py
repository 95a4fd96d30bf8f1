"""Are the domain controllers what they should be?"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import UNKNOWN
from hygie.engines.directory.points.drafts import Draft, over_objects
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri
from hygie.engines.directory.vocabulary import Flag, Number, Text

_CONTROLLER = 0x2000 | 0x8_0000
"""SERVER_TRUST_ACCOUNT and TRUSTED_FOR_DELEGATION."""
_READ_ONLY = 0x0400_0000 | 0x100_0000 | 0x1000
"""PARTIAL_SECRETS_ACCOUNT, TRUSTED_TO_AUTH_FOR_DELEGATION and WORKSTATION_TRUST_ACCOUNT."""
_DES, _RC4, _AES = 0x3, 0x4, 0x18


def inconsistent(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Controllers whose account flags, server object or settings object do not agree."""
    uac = ground.facts.number(Number.UAC)
    full = ground.number(Number.UAC, (uac & _CONTROLLER) == _CONTROLLER)
    partial = ground.number(Number.UAC, (uac & _READ_ONLY) == _READ_ONLY)
    flags_agree = (ground.read_only & partial) | (~ground.read_only & full)
    fault = ground.controllers & ~(flags_agree & ground.flag(Flag.SERVER_OBJECT_CONSISTENT))
    return over_objects(ground, "dc_inconsistent_uac", rows, lambda row: fault)


def obsolete(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Controllers whose system is no longer supported on the day of the facts.

    A system that the catalogue does not know cannot be told.
    """
    today = datetime.fromtimestamp(ground.as_of, UTC).date()
    old = np.zeros(len(ground.facts), np.bool_)
    fresh = np.zeros(len(ground.facts), np.bool_)
    for index, value in ground.facts.texts.get(Text.OPERATING_SYSTEM, {}).items():
        upper = str(value).upper()
        for system in ground.day.systems:
            if system.text in upper:
                (old if today > system.supported_until else fresh)[index] = True
                break
    fault = ground.controllers & ground.enabled & Tri(old, fresh)
    return over_objects(ground, "dc_obsolete", rows, lambda row: fault)


def encryption(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Controllers that accept DES (2), do not announce AES (3), accept RC4 (4).

    Types set to nothing mean the system's default: RC4 accepted, AES not announced.
    """
    types = ground.facts.number(Number.ENCRYPTION_TYPES)
    tests = {
        2: (types & _DES) != 0,
        3: (types & _AES) == 0,
        4: ((types & _RC4) != 0) | (types == 0),
    }
    who = ground.controllers & ground.enabled
    return over_objects(
        ground,
        "dc_crypto",
        rows,
        lambda row: who & ground.number(Number.ENCRYPTION_TYPES, tests[row.level]),
    )


def functional_level(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains below the level asked; that of a forest is never above its lowest domain."""
    column = ground.facts.number(Number.FUNCTIONAL_LEVEL)
    domains = Tri(ground.domains, ~ground.domains)
    draft = over_objects(
        ground,
        "functional_level",
        rows,
        lambda row: (
            domains & ground.number(Number.FUNCTIONAL_LEVEL, column < row.thresholds["version"])
        ),
    )
    known = column[ground.domains & (column != UNKNOWN)]
    figures = {"version": float(known.min())} if len(known) else {}
    return Draft(draft.levels, figures)
