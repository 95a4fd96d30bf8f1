"""On which day do tests judge?"""

from datetime import UTC, date, datetime

DAY = date(2026, 9, 30)
AS_OF = int(datetime(2026, 9, 30, tzinfo=UTC).timestamp())


def days_ago(days: float) -> int:
    """An instant that many days before the day of the facts."""
    return AS_OF - int(days * 86_400)
