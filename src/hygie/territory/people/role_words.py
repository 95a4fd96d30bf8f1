"""How is the table of roles told in words? One sentence a right, one row a role."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.territory.people.choices import Role
from hygie.territory.people.policies import ROLE_TABLE, RolePolicy
from hygie.territory.perimeter import Depth, Level, Right

RIGHT_WORDS: dict[Right, Promise] = {
    Right.RECORD: _("saisir mesures, preuves et actions"),
    Right.ANSWER: _("répondre aux questionnaires"),
    Right.REVIEW: _("relire et clore les questionnaires"),
    Right.PLAN: _("lancer évaluations et campagnes"),
    Right.MANAGE_PEOPLE: _("inviter et donner des rôles"),
    Right.MANAGE_TERRITORY: _("mettre à jour le territoire"),
    Right.MANAGE_PROGRAMME: _("mettre à jour le référentiel"),
    Right.EXPORT: _("exporter"),
    Right.READ_JOURNAL: _("lire le journal"),
}
LEVEL_WORDS: dict[Level, Promise] = {
    Level.NATION: _("nation"),
    Level.REGION: _("région"),
    Level.GHT: _("GHT"),
    Level.EJ: _("entité juridique"),
    Level.ET: _("établissement"),
}
DEPTH_WORDS: dict[Depth, Promise] = {
    Depth.NONE: _("rien"),
    Depth.INDICATORS: _("états et indicateurs, jamais preuves, constats ni noms de points faibles"),
    Depth.DETAIL: _("tout le détail de ses structures"),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role as people read it.

    Attributes:
        role: its name.
        levels: where it may be given, from the widest.
        sees: how deep.
        may: its acts, in words.
        gives: the roles it may give.
    """

    role: str
    levels: list[Promise]
    sees: Promise
    may: list[Promise]
    gives: list[str]


def role_rows() -> list[RoleRow]:
    """Every role, in the order in which they are declared."""
    return [_row(role, ROLE_TABLE[role]) for role in Role]


def _row(role: Role, policy: RolePolicy) -> RoleRow:
    return RoleRow(
        role=str(role.label),
        levels=[LEVEL_WORDS[level] for level in Level if level in policy.levels],
        sees=DEPTH_WORDS[policy.depth],
        may=[words for right, words in RIGHT_WORDS.items() if right in policy.rights],
        gives=[str(one.label) for one in Role if one in policy.gives],
    )
