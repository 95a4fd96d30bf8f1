"""How much of a file do we accept before refusing it?"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one kind of file; beyond any of them the file is refused, never cut.

    Attributes:
        max_bytes: size of the file, bytes.
        max_uncompressed_bytes: sum of the members of an archive once decompressed, bytes.
        max_ratio: decompressed over compressed size of a member above `ratio_floor_bytes`.
        ratio_floor_bytes: below this decompressed size the ratio says nothing, bytes.
        max_members: members of an archive.
        max_member_name: length of a member's path, characters.
        max_rows: rows of a table.
        max_columns: columns of a table.
        max_cell: length of a cell, characters.
        max_line: length of a physical line of text, characters.
    """

    max_bytes: int = 50 * MEGABYTE
    max_uncompressed_bytes: int = 300 * MEGABYTE
    max_ratio: int = 200
    ratio_floor_bytes: int = MEGABYTE
    max_members: int = 2_000
    max_member_name: int = 200
    max_rows: int = 500_000
    max_columns: int = 500
    max_cell: int = 32_767
    max_line: int = 200_000


DEFAULT_LIMITS = Limits()
