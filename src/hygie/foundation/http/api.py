"""What do all routes of the API share: the shape of a refusal and of a page of rows?"""

from typing import Annotated, Any

from ninja import Path, Schema

PAGE_SIZE = 100

# A row's number: what no database could hold is refused before one is asked.
Identifier = Annotated[int, Path(le=2**63 - 1)]


class Problem(Schema):
    """Why a call was refused; `code` is stable."""

    code: str
    detail: str


class Invalid(Schema):
    """Parameters that do not fit the schema, one entry each."""

    detail: list[dict[str, Any]]


# Every route may answer these; declared so that the contract is whole.
REFUSALS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 422: Invalid, 429: Problem}
