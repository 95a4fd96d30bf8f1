"""How large may a directory export be before it is refused?"""

from dataclasses import dataclass

from hygie.connectors.files.limits import MEGABYTE, Limits

GIGABYTE = 1024 * MEGABYTE

# Exports are text that repeats itself: descriptors of a million objects shrink two hundredfold.
EXPORT_FILES = Limits(
    max_bytes=4 * GIGABYTE,
    max_uncompressed_bytes=32 * GIGABYTE,
    max_ratio=250,
    ratio_floor_bytes=64 * MEGABYTE,
    max_members=50_000,
    max_member_name=1_000,
)


@dataclass(frozen=True, slots=True)
class ExportLimits:
    """Bounds on what an export says; each is far above the largest known directory.

    Attributes:
        files: bounds on the file or archive.
        record_bytes: length of one record.
        misspelt_bytes: length of a record whose keys have to be respelt (costs more memory).
        depth: brackets inside brackets.
        most_objects, most_edges: of the whole export.
        product: relations that one policy change may state (accounts times computers).
        identifier, text: characters kept of an identifier and of a name.
        values: values kept of one list of texts.
    """

    files: Limits = EXPORT_FILES
    record_bytes: int = 64 * MEGABYTE
    misspelt_bytes: int = 16 * MEGABYTE
    depth: int = 64
    most_objects: int = 10_000_000
    most_edges: int = 200_000_000
    product: int = 20_000_000
    identifier: int = 256
    text: int = 2_048
    values: int = 2_000


EXPORT_LIMITS = ExportLimits()
