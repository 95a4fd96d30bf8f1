"""What does the record of a certification authority say of its registry?"""

from collections import defaultdict

from hygie.connectors.directory_exports.sharphound_writing import Json, Writing
from hygie.engines.directory.vocabulary import EdgeKind, Flag

_DENIED = {"AccessType": "AccessDeniedCallback", "AllTemplates": False}


class WrittenAuthorities:
    """Gives the registry of one certification authority after the other."""

    def __init__(self, state: Writing) -> None:
        self._state = state
        self._agents = self._agents_by_authority()

    def registry(self, index: int) -> Json:
        limited = self._state.properties.truth(index, Flag.CA_AGENT_RESTRICTIONS)
        restrictions: list[Json] = []
        for agent, template in self._agents.get(index, ()):
            self._state.edges += 1
            restrictions.append(
                {
                    "AccessType": "AccessAllowedCallback",
                    "Agent": self._state.principal(agent),
                    "AllTemplates": False,
                    "Template": self._state.principal(template),
                }
            )
        if limited and not restrictions:
            restrictions.append(_DENIED)
        san = self._state.properties.truth(index, Flag.CA_USER_SAN)
        return {
            "CASecurity": {"Data": [], "Collected": False, "FailureReason": None},
            "EnrollmentAgentRestrictions": {
                "Restrictions": restrictions,
                "Collected": limited is not None,
                "FailureReason": None,
            },
            "IsUserSpecifiesSanEnabled": {
                "Value": san or False,
                "Collected": san is not None,
                "FailureReason": None,
            },
        }

    def _agents_by_authority(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        edges = self._state.facts.edges
        chosen = edges.kind == EdgeKind.DELEGATED_ENROLLMENT_AGENT
        for agent, template in zip(
            edges.source[chosen].tolist(), edges.target[chosen].tolist(), strict=True
        ):
            for authority, edge, _flags in self._state.outgoing.at(template):
                limited = self._state.properties.truth(authority, Flag.CA_AGENT_RESTRICTIONS)
                if edge == EdgeKind.PUBLISHED_TO and limited:
                    found[authority].append((agent, template))
                    break
        return found
