"""How does a level typed in a form take the same way as a file?"""

import datetime as dt
import io
from collections.abc import Sequence

import yaml


def stated_file(
    *, forest: str, level: int, on: dt.date, failing: Sequence[str]
) -> tuple[io.BytesIO, str]:
    """The small file that states a level, as `connectors.directory_exports.ads` reads it.

    Args:
        forest: name of the root domain. level: 1 to 5. on: day of the collection.
        failing: catalogue ids.

    Returns:
        Its bytes, and its name.
    """
    said = {"level": level, "date": on.isoformat(), "domain": forest, "failing": list(failing)}
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    return io.BytesIO(text.encode()), f"niveau-ads-{on.isoformat()}.yaml"
