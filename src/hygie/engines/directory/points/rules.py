"""What is a rule: the function that decides a point, and the facts that it reads?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.points.drafts import Draft
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.rights import Rights
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text

Field = Flag | Instant | Number | Text | EdgeKind | str
Decide = Callable[[Ground, Sequence[Row]], Draft]
Weigh = Callable[[Ground, Sequence[Row], Rights], Draft]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        point: catalogue id.
        decide: what the facts say of it; or `weigh`, the same with the rights of the unprivileged.
        fields: facts without which it cannot pass. helps: facts that it reads when they are there.
        kinds: kinds of objects that must have been collected in every domain.
        is_privileged: whether it looks at privileged accounts: their groups must be complete.
    """

    point: str
    decide: Decide | None = None
    weigh: Weigh | None = None
    fields: tuple[Field, ...] = ()
    helps: tuple[Field, ...] = ()
    kinds: tuple[ObjectKind, ...] = ()
    is_privileged: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of every fact that it reads."""
        members = _MEMBERS if self.is_privileged else ()
        every = (*self.fields, *self.helps, *members, *self.kinds)
        return tuple(dict.fromkeys(name_of(field) for field in every))


_MEMBERS: tuple[Field, ...] = (
    EdgeKind.MEMBER_OF,
    Flag.MEMBERS_COLLECTED,
    Number.PRIMARY_GROUP_RID,
)


def name_of(field: Field | ObjectKind) -> str:
    """The name of a fact, as verdicts and origins write it."""
    return field if type(field) is str else field.name  # type: ignore[union-attr]
