"""What is the fingerprint of a journal line? Pure functions, re-computable by anyone."""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

FIRST = "0" * 64
FIELDS = (
    "sequence", "at", "actor_id", "actor_label", "via", "action",
    "object_type", "object_id", "organisation_id", "detail",
)  # fmt: skip
# From here on a database may give a float back as a whole number.
_WHOLE_FROM = 1e15


def normal(value: Any) -> Any:
    """A value as every database gives it back, so that its fingerprint never changes.

    Args:
        value: JSON values, and the usual ones that have a text: dates, decimals, lazy texts.

    Returns:
        Dicts with text keys, lists, texts without NUL, numbers, booleans, None.

    Raises:
        ValueError: a float that is not a number.
    """
    if value is None or (isinstance(value, bool | int) and not isinstance(value, str)):
        return value
    if isinstance(value, float):
        return _normal_float(value)
    if isinstance(value, Mapping):
        return {normal(str(key)): normal(one) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        many = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [normal(one) for one in many]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value).replace("\x00", "\N{SYMBOL FOR NULL}")


def _normal_float(value: float) -> float | int:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("a journal line holds no infinite number")
    if value == 0 or (abs(value) >= _WHOLE_FROM and value.is_integer()):
        return int(value)
    return value


def line_hash(previous_hash: str, content: Mapping[str, Any]) -> str:
    """SHA-256 of the previous hash and the line's canonical JSON.

    Args:
        previous_hash: hex, 64 characters; `FIRST` for the first line.
        content: the FIELDS; `at` as ISO 8601 in UTC with microseconds; `detail` made `normal`.

    Returns:
        64 hex characters.
    """
    canonical = json.dumps(
        {name: content[name] for name in FIELDS},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(f"{previous_hash}\n{canonical}".encode()).hexdigest()


def line_seal(key: str, digest: str) -> str:
    """HMAC of a line's hash with the instance's secret: a rewritten line has none that fits."""
    message = f"hygie-journal-line:{digest}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def head_seal(key: str, sequence: int, last_hash: str) -> str:
    """HMAC of the head: a shortened chain cannot be sealed again."""
    message = f"hygie-journal:{sequence}:{last_hash}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
