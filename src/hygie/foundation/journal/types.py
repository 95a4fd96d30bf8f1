"""Who acts, and through which door?"""

from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    """The door a decision came through."""

    PAGE = "page"
    API = "api"
    CLI = "cli"
    JOB = "job"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of a journal line.

    Attributes:
        user_id: account, or None for the operator at the command line and for the system.
        label: what a reader sees years later, when the account may be gone (an e-mail address).
        via: page, api, cli, job or sign-in.
    """

    user_id: int | None
    label: str
    via: Via = Via.PAGE


SYSTEM = Actor(user_id=None, label="hygie", via=Via.JOB)
