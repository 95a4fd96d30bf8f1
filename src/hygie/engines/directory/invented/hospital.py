"""What does the directory of an invented hospital hold, sound or spoiled on purpose?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.invented.accounts import (
    make_administrators,
    make_controllers,
    make_read_only_lists,
    make_system_accounts,
)
from hygie.engines.directory.invented.certificates import make_certificates
from hygie.engines.directory.invented.defects import DEFECTS
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import (
    make_domain,
    make_groups,
    make_memberships,
    make_tree,
)
from hygie.engines.directory.invented.groups import make_closed_groups, make_groups_of_units
from hygie.engines.directory.invented.machines import make_machines
from hygie.engines.directory.invented.population import make_people, make_units, plan_of
from hygie.engines.directory.invented.rights import make_rights
from hygie.engines.directory.invented.types import Invented, PlantedPath

SMALLEST = 1_000


def hospital_directory(
    seed: int,
    objects: int,
    as_of: int,
    *,
    defects: Sequence[str] = (),
    name: str = "CHU-VALMORY.LAN",
) -> Invented:
    """Invent the directory of a hospital.

    Args:
        seed: of everything that is drawn; the same arguments give the same facts.
        objects: exactly so many, from 1,000.
        as_of: the day it is seen, seconds since 1970 UTC: dates are drawn before it.
        defects: keys of `DEFECTS`, planted in this order. Without any, every control point holds
            and nobody reaches tier 0.
        name: of its only domain.

    Returns:
        Facts, and what an audit must find in them.

    Raises:
        ValueError: too few objects for a hospital, or for so many defects.
        KeyError: no such defect.

    Cost: about 5 s for 1 M objects and 14 M relations, 1.4 GB.
    """
    if objects < SMALLEST:
        raise ValueError(f"{objects} objects do not hold a hospital")
    forest = sound_forest(seed, objects, as_of, name)
    levels: dict[str, set[int]] = {}
    guilty: dict[str, tuple[str, ...]] = {}
    paths: dict[str, PlantedPath] = {}
    for key in defects:
        defect = DEFECTS[key]
        planted = defect.spoil(forest)
        guilty[key] = planted.guilty
        if planted.path:
            paths[key] = planted.path
        for point, failed in defect.levels.items():
            levels.setdefault(point, set()).update(failed)
    expected = {point: tuple(sorted(failed)) for point, failed in levels.items()}
    return Invented(forest.facts(), expected, guilty, paths)


def sound_forest(seed: int, objects: int, as_of: int, name: str) -> Forest:
    """A forest in which every control point holds, still open to changes."""
    forest = Forest(objects, name, as_of, np.random.default_rng(seed))
    make_domain(forest)
    make_groups(forest)
    make_tree(forest)
    make_system_accounts(forest)
    make_controllers(forest, 2 + min(2, objects // 20_000))
    make_administrators(forest, min(44, 22 + objects // 10_000))
    make_closed_groups(forest)
    make_certificates(forest)
    plan = plan_of(objects, len(forest.identifiers))
    make_units(forest, plan)
    make_people(forest, plan)
    make_groups_of_units(forest, plan)
    make_machines(forest, plan)
    make_memberships(forest)
    make_read_only_lists(forest)
    make_rights(forest)
    return forest
