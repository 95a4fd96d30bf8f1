"""Who holds which rights on what, in a forest where nobody ordinary reaches tier 0?"""

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeFlag,
    EdgeKind,
    Flag,
    Instant,
    ObjectKind,
)

_OWNED = (
    ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP, ObjectKind.OU, ObjectKind.CONTAINER,
    ObjectKind.GPO, ObjectKind.CERT_TEMPLATE, ObjectKind.ENTERPRISE_CA, ObjectKind.ROOT_CA,
    ObjectKind.AIA_CA, ObjectKind.NT_AUTH_STORE, ObjectKind.MANAGED_ACCOUNT, ObjectKind.DNS_ZONE,
)  # fmt: skip
_ACCOUNTS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)
_PLACES = tuple(kind for kind in _OWNED if kind not in (*_ACCOUNTS, ObjectKind.GROUP))


def make_rights(forest: Forest) -> None:
    """Rights on every object, so that none reads as uncollected."""
    places = np.flatnonzero(
        np.isin(forest.kind, _OWNED) & (forest.authority != Authority.SPECIAL)
    ).astype(np.int32)
    forest.set(places, ACES_COLLECTED=True)
    bare = places[np.isin(forest.kind[places], _PLACES)]
    forest.set(bare, ACL_PROTECTED=False)
    forest.date(bare, Instant.CREATED, 2000)
    forest.set(forest.all("place:adminsdholder"), ACL_PROTECTED=True)
    inherited = np.where(forest.is_set(Flag.ACL_PROTECTED)[places], 0, EdgeFlag.INHERITED)
    flags = inherited.astype(np.int32)
    admins, top, local = (forest.the(one) for one in ("group:512", "group:519", "builtin:544"))
    forest.relate(admins, EdgeKind.OWNS, places)
    forest.relate(admins, EdgeKind.GENERIC_ALL, places)
    forest.relate(top, EdgeKind.GENERIC_ALL, places, flags)
    for kind in (EdgeKind.WRITE_DACL, EdgeKind.WRITE_OWNER, EdgeKind.GENERIC_WRITE):
        forest.relate(local, kind, places, flags)
    is_account = np.isin(forest.kind[places], _ACCOUNTS)
    accounts, marks = places[is_account], flags[is_account]
    for rid in (526, 527):
        keys = forest.the(f"group:{rid}")
        forest.relate(keys, EdgeKind.ADD_KEY_CREDENTIAL_LINK, accounts, marks)
    _domain(forest)
    _delegated(forest)


def _domain(forest: Forest) -> None:
    domain = forest.the("domain")
    forest.relate(forest.the("builtin:544"), EdgeKind.OWNS, domain)
    for role in ("group:512", "group:519", "builtin:544"):
        for kind in (EdgeKind.WRITE_DACL, EdgeKind.WRITE_OWNER, EdgeKind.GENERIC_WRITE):
            forest.relate(forest.the(role), kind, domain)
    for role in ("builtin:544", "group:516", "S-1-5-9"):
        forest.relate(forest.the(role), EdgeKind.GET_CHANGES, domain)
    forest.relate(forest.the("group:498"), EdgeKind.GET_CHANGES, domain)
    for role in ("builtin:544", "group:516"):
        forest.relate(forest.the(role), EdgeKind.GET_CHANGES_ALL, domain)


def _delegated(forest: Forest) -> None:
    """What a hospital delegates: passwords of the staff, policies of workstations, DNS."""
    inherited = EdgeFlag.INHERITED
    staff: IntArray = forest.all("every_staff")
    helpdesk = forest.the("helpdesk")
    forest.relate(forest.the("group:1101"), EdgeKind.GENERIC_WRITE, forest.the("place:dns"))
    forest.relate(helpdesk, EdgeKind.FORCE_CHANGE_PASSWORD, staff, inherited)
    forest.relate(forest.the("policy_editors"), EdgeKind.GENERIC_WRITE, forest.all("policies"))
    forest.relate(
        forest.the("server_admins"), EdgeKind.GENERIC_ALL, forest.all("servers"), inherited
    )
