"""Which delegations let a service act as others towards what is privileged?

The lists of services an account may act towards are read with its flags: where its flag of protocol
transition is known, so is its list.
"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import Draft, over_objects
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind


def _accounts(ground: Ground) -> Tri:
    """Enabled accounts that are not controllers."""
    who = ground.users | ground.computers | ground.population(ObjectKind.MANAGED_ACCOUNT)
    return certain(who) & ground.enabled & ~ground.controllers


def _targets(ground: Ground) -> BoolArray:
    """Controllers and krbtgt accounts."""
    return ground.controllers.yes | ground.with_rid(502)


def _towards_privileged(ground: Ground) -> Tri:
    """Whether an account may act towards a privileged service, (n,)."""
    edges = ground.facts.edges
    stated = ground.edges_of(EdgeKind.ALLOWED_TO_DELEGATE)
    yes = np.zeros(len(ground.facts), np.bool_)
    yes[edges.source[stated[_targets(ground)[edges.target[stated]]]]] = True
    perhaps = np.zeros(len(ground.facts), np.bool_)
    perhaps[edges.source[stated[ground.controllers.maybe[edges.target[stated]]]]] = True
    read = ground.facts.is_known(Flag.TRUSTED_TO_AUTH)
    return Tri(yes, read & ~yes & ~perhaps)


def constrained(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Constrained delegation towards a privileged service, without protocol transition."""
    fault = _accounts(ground) & _towards_privileged(ground) & ~ground.flag(Flag.TRUSTED_TO_AUTH)
    return over_objects(ground, "delegation_a2d2", rows, lambda row: fault)


def with_transition(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Constrained delegation towards a privileged service, with protocol transition."""
    fault = _accounts(ground) & _towards_privileged(ground) & ground.flag(Flag.TRUSTED_TO_AUTH)
    return over_objects(ground, "delegation_t2a4d", rows, lambda row: fault)


def unconstrained(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Unconstrained delegation, controllers left out."""
    fault = _accounts(ground) & ground.flag(Flag.UNCONSTRAINED_DELEGATION)
    return over_objects(ground, "delegation_t4d", rows, lambda row: fault)


def resource_based(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Controllers and krbtgt accounts on which a resource-based delegation is set."""
    edges = ground.facts.edges
    stated = ground.edges_of(EdgeKind.ALLOWED_TO_ACT)
    given = np.zeros(len(ground.facts), np.bool_)
    given[edges.target[stated]] = True
    read = ground.facts.is_known(Flag.TRUSTED_TO_AUTH)
    services = ground.controllers | certain(ground.users & ground.with_rid(502))
    fault = services & Tri(given, read & ~given)
    return over_objects(ground, "delegation_sourcedeleg", rows, lambda row: fault)
