"""Which ways to tier 0 can be opened, as hospitals open them without seeing it?"""

from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.types import Defect, PlantedPath, Planting
from hygie.engines.directory.vocabulary import EdgeKind


def _opened(forest: Forest, source: int, *kinds: EdgeKind, members: str = "") -> Planting:
    exposed = forest.identifier(forest.all(members)) if members else ()
    path = PlantedPath(forest.identifiers[source], kinds, exposed)
    return Planting((path.source,), path)


def _helpdesk_reset(forest: Forest) -> Planting:
    helpdesk = forest.the("helpdesk")
    forest.relate(helpdesk, EdgeKind.FORCE_CHANGE_PASSWORD, forest.one("admins"))
    return _opened(forest, helpdesk, EdgeKind.FORCE_CHANGE_PASSWORD, members="helpdesk_members")


def _session_of_administrator(forest: Forest) -> Planting:
    host = forest.one("shared_workstations")
    forest.relate(host, EdgeKind.HAS_SESSION, forest.one("admins"))
    return _opened(forest, host, EdgeKind.HAS_SESSION)


def _nested_group(forest: Forest) -> Planting:
    """Contractors are on call, and who is on call administers: the helpdesk resets them."""
    member = EdgeKind.MEMBER_OF
    forest.relate(forest.the("contractors"), member, forest.the("on_call"))
    forest.relate(forest.the("on_call"), member, forest.the("group:512"))
    return _opened(
        forest,
        forest.the("helpdesk"),
        EdgeKind.FORCE_CHANGE_PASSWORD,
        members="helpdesk_members",
    )


def _policy_of_unit(forest: Forest) -> Planting:
    """A policy that those of the workstations write is linked to the administrators too."""
    forest.relate(forest.the("policies"), EdgeKind.GP_LINK, forest.the("ou:tier0"))
    return _opened(
        forest,
        forest.the("policy_editors"),
        EdgeKind.GENERIC_WRITE,
        members="policy_editors_members",
    )


def _open_template(forest: Forest) -> Planting:
    """Nobody approves any more the certificates that the biomedical unit asks for."""
    forest.set(forest.the("template:AutomateBiomedical"), MANAGER_APPROVAL=False)
    return _opened(
        forest, forest.the("biomedical"), EdgeKind.ADCS_ESC1, members="biomedical_members"
    )


def _replication(forest: Forest) -> Planting:
    service = forest.one("services")
    for kind in (EdgeKind.GET_CHANGES, EdgeKind.GET_CHANGES_ALL):
        forest.relate(service, kind, forest.the("domain"))
    return _opened(forest, service, EdgeKind.DCSYNC)


def _trusted_server(forest: Forest) -> Planting:
    server = forest.one("servers")
    forest.set(server, UNCONSTRAINED_DELEGATION=True)
    return _opened(forest, server, EdgeKind.COERCE_TO_TGT)


def _authority_host(forest: Forest) -> Planting:
    """The host of the certification authority is administered like any server."""
    admins = forest.the("server_admins")
    forest.relate(admins, EdgeKind.ADMIN_TO, forest.the("ca_host"))
    return _opened(forest, admins, EdgeKind.ADMIN_TO, members="tier1")


_BOTH = (1, 2)

PATHS: dict[str, Defect] = {
    "path_helpdesk_reset": Defect(_helpdesk_reset, {"privileged_members_perm": _BOTH}),
    "path_session_of_administrator": Defect(_session_of_administrator, {}),
    "path_nested_group": Defect(
        _nested_group,
        {
            "privileged_members_perm": _BOTH,
            "privileged_members_no_admincount": (2,),
            "protected_users": (3,),
            "silo_priv": (4,),
        },
    ),
    "path_policy_of_unit": Defect(_policy_of_unit, {"permissions_gpo_priv": (1,)}),
    "path_open_template": Defect(_open_template, {"adcs_template_auth_enroll_with_name": (1,)}),
    "path_replication": Defect(_replication, {"permissions_naming_context": _BOTH}),
    "path_trusted_server": Defect(_trusted_server, {"delegation_t4d": (1,)}),
    "path_authority_host": Defect(_authority_host, {}),
}
"""Each with the control points that see it too: some see nothing, hence the search for paths."""
