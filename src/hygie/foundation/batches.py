"""How is a long stream handled a piece at a time?"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most `size` items, in order; memory holds one at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
