"""Who changes the words of a report, and who without account may read it?"""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.errors import TitleMissing, ValueRefused
from hygie.governance.exercises.models import Exercise, ReportLink
from hygie.governance.exercises.sections import SECTIONS
from hygie.governance.exercises.services.debrief import OVER, debrief_check
from hygie.governance.exercises.services.people import token_hash
from hygie.governance.exercises.services.told import exercise_told
from hygie.territory.perimeter import Perimeter

LONGEST = 8000
LINK_DAYS = (1, 90)


@transaction.atomic
def report_text_set(*, perimeter: Perimeter, exercise: Exercise, section: str, text: str) -> None:
    """Put one's own words in place of those that were computed.

    Args:
        section: one of `SECTIONS`.
        text: "" goes back to the computed words.

    Raises:
        NotAllowed, WrongState. ValueRefused: an unknown section, or too long a text.
    """
    held = debrief_check(perimeter, exercise)
    if section not in SECTIONS or len(text) > LONGEST:
        raise ValueRefused(field=SECTIONS.get(section, section), value=text[:40])
    texts = dict(held.report_texts)
    texts.pop(section, None)
    if text.strip():
        texts[section] = text.strip()
    if texts == held.report_texts:
        return
    held.report_texts = texts
    held.save(update_fields=["report_texts", "updated_at"])
    exercise_told(perimeter, "exercise_report.edited", held, section=str(SECTIONS[section]))


@transaction.atomic
def report_link_issue(
    *, perimeter: Perimeter, exercise: Exercise, label: str, days: int, is_board_only: bool
) -> tuple[ReportLink, str]:
    """Open the report to people without account, for some days.

    Args:
        label: for whom, so that it is known what is shut later.

    Returns:
        The link, and the key of its address: it exists nowhere else.

    Raises:
        NotAllowed, WrongState. TitleMissing: for nobody. ValueRefused: too many days.
    """
    held = debrief_check(perimeter, exercise, OVER)
    if not label.strip():
        raise TitleMissing
    if not LINK_DAYS[0] <= days <= LINK_DAYS[1]:
        raise ValueRefused(field=ReportLink._meta.get_field("expires_at").verbose_name, value=days)
    token = secrets.token_urlsafe(32)
    link = ReportLink.objects.create(
        exercise=held,
        label=label.strip()[:120],
        is_board_only=is_board_only,
        token_hash=token_hash(token),
        created_by_id=perimeter.actor.user_id,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    exercise_told(perimeter, "exercise_report.opened", held, until=link.expires_at)
    return link, token


@transaction.atomic
def report_link_revoke(*, perimeter: Perimeter, exercise: Exercise, link_id: int) -> None:
    """Shut a link; twice changes nothing.

    Raises:
        NotAllowed, NotFound, WrongState.
    """
    held = debrief_check(perimeter, exercise, OVER)
    link = held.report_links.filter(pk=link_id).first()
    if link is None:
        raise NotFound
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        exercise_told(perimeter, "exercise_report.shut", held)
