"""What does a row say otherwise than what is brought?"""

from collections.abc import Mapping
from typing import Any


def differences(row: Any, columns: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Columns whose value changes.

    Args:
        row: the standing row.
        columns: wanted values by attribute name.

    Returns:
        `{column: [standing, wanted]}`, in the order of `columns`.
    """
    return {
        name: [getattr(row, name), value]
        for name, value in columns.items()
        if getattr(row, name) != value
    }
