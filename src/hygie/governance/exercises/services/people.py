"""Who takes part in an exercise, with an account or by a link, and how are they let in?"""

import datetime as dt
import hashlib
import secrets
import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hygie.foundation.errors import NotFound
from hygie.foundation.live.services import live_rights_changed
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Role
from hygie.governance.exercises.errors import (
    LinkNotMailed,
    NotInThisExercise,
    PersonRefused,
    ScriptClosed,
    WrongState,
)
from hygie.governance.exercises.models import Cell, Exercise, Participant
from hygie.governance.exercises.selectors.seats import ALL, channel_of
from hygie.governance.exercises.services.floor import floor_tell
from hygie.governance.exercises.services.script import designer_check, texts_check
from hygie.governance.exercises.services.told import exercise_told
from hygie.territory.people.selectors import person_get_in
from hygie.territory.perimeter import Perimeter

# The link still opens the questionnaire after the exercise.
LINK_AFTER = dt.timedelta(days=15)
LINK_AT_LEAST = dt.timedelta(days=7)


def token_hash(token: str) -> str:
    """What is kept of the key in a guest's link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def participant_add(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    role: str,
    cell_id: int | None = None,
    user_id: int | None = None,
    name: str = "",
    function: str = "",
    email: str = "",
) -> Participant:
    """Someone takes part: by their account, or as a guest who will get a link.

    Args:
        role: facilitator, observer or player.
        cell_id: where they play, or what they observe; a facilitator has none.
        user_id: an account that the perimeter knows of; None = a guest, who then needs a name.
        email: of a guest, to send the link to; may stay empty.

    Raises:
        NotAllowed, NotFound. WrongState: a model has nobody, and nobody joins what is over.
        NotInThisExercise: a cell of another one. PersonRefused: no name, a bad address, twice.
    """
    held = _held(perimeter, exercise)
    cell = _cell(held, role, cell_id)
    values = {"name": name.strip(), "function": function.strip(), "email": email.strip()}
    user = person_get_in(perimeter, user_id) if user_id is not None else None
    if user is not None:
        _own_play_check(perimeter, user.pk, role)
        if held.participants.filter(user=user).exists():
            raise PersonRefused(reason=_("%(name)s participe déjà.") % {"name": user})
        values |= {"name": values["name"] or user.get_full_name() or user.email, "email": ""}
    _person_check(values)
    made = Participant.objects.create(exercise=held, role=role, cell=cell, user=user, **values)
    exercise_told(perimeter, "exercise_person.added", held, role=made.get_role_display())
    return made


@transaction.atomic
def participant_edit(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    participant_id: int,
    role: str,
    cell_id: int | None,
    name: str,
    function: str = "",
    email: str = "",
) -> Participant:
    """Change the role, the cell or the particulars of someone.

    Raises:
        As `participant_add`.
    """
    held = _held(perimeter, exercise)
    found = _one(held, participant_id)
    _own_play_check(perimeter, found.user_id, role)
    before = found.role, found.cell_id
    found.role, found.cell = role, _cell(held, role, cell_id)
    values = {"name": name.strip(), "function": function.strip()}
    values["email"] = "" if found.user_id else email.strip()
    _person_check(values)
    for field, value in values.items():
        setattr(found, field, value)
    found.save(update_fields=["role", "cell", "name", "function", "email"])
    if before != (found.role, found.cell_id):
        # Their page goes to their new place, and what they listen to is judged anew.
        floor_tell(held, "seat", {ALL}, participant=found.pk)
        live_rights_changed(channel=channel_of(held.pk))
    exercise_told(perimeter, "exercise_person.edited", held, role=found.get_role_display())
    return found


@transaction.atomic
def participant_remove(*, perimeter: Perimeter, exercise: Exercise, participant_id: int) -> None:
    """Someone no longer takes part; their link dies with them.

    Raises:
        NotAllowed, NotFound, WrongState. ScriptClosed: what they did is in the log of a play that
        has begun; take their link away instead.
    """
    held = _held(perimeter, exercise)
    if held.started_at is not None:
        raise ScriptClosed(state=held.get_state_display())
    _one(held, participant_id).delete()
    live_rights_changed(channel=channel_of(held.pk))
    exercise_told(perimeter, "exercise_person.removed", held)


@transaction.atomic
def guest_link_issue(
    *, perimeter: Perimeter, exercise: Exercise, participant_id: int
) -> tuple[Participant, str]:
    """A fresh link for a guest, in place of any earlier one.

    Returns:
        The guest, and the token of the link: it exists nowhere else.

    Raises:
        NotAllowed, NotFound, WrongState. PersonRefused: they have an account.
    """
    held = _held(perimeter, exercise)
    guest = _one(held, participant_id)
    if guest.user_id is not None:
        raise PersonRefused(reason=_("Cette personne a un compte : elle entre par son compte."))
    token = secrets.token_urlsafe(32)
    guest.token_hash = token_hash(token)
    guest.token_expires_at = _expiry(held)
    guest.save(update_fields=["token_hash", "token_expires_at"])
    # Whoever listens by an earlier link listens no more.
    live_rights_changed(channel=channel_of(held.pk))
    exercise_told(perimeter, "exercise_link.issued", held, until=guest.token_expires_at)
    return guest, token


@transaction.atomic
def guest_link_revoke(*, perimeter: Perimeter, exercise: Exercise, participant_id: int) -> None:
    """Make the link of a guest useless; twice changes nothing.

    Raises:
        NotAllowed, NotFound.
    """
    designer_check(perimeter, exercise)
    guest = _one(exercise, participant_id)
    if guest.token_hash:
        guest.token_hash, guest.token_expires_at = "", None
        guest.save(update_fields=["token_hash", "token_expires_at"])
        live_rights_changed(channel=channel_of(exercise.pk))
        exercise_told(perimeter, "exercise_link.revoked", exercise)


def guest_link_mail(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    guest: Participant,
    url: str,
    calendar: bytes = b"",
) -> None:
    """Send a link, and the day of the exercise, to the guest's own address.

    Args:
        url: absolute address that holds the token.
        calendar: an invitation to attach; empty for none.

    Raises:
        NotAllowed. LinkNotMailed: no mail server, no address, or not taken: show the link once.
    """
    designer_check(perimeter, exercise)
    if not settings.HAS_MAIL or not guest.email:
        raise LinkNotMailed
    context = {"guest": guest, "exercise": exercise, "url": url, "by": perimeter.actor.label}
    with translation.override(exercise.language):
        subject = _("[EXERCICE] %(title)s : votre accès") % {"title": exercise.title}
        body = render_to_string("exercises/mail/guest.txt", context)
    message = EmailMessage(subject, body, None, [guest.email])
    if calendar:
        message.attach("exercice.ics", calendar, "text/calendar")
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise LinkNotMailed from error
    with transaction.atomic():
        exercise_told(perimeter, "exercise_link.mailed", exercise)


def _held(perimeter: Perimeter, exercise: Exercise) -> Exercise:
    designer_check(perimeter, exercise)
    held = (
        Exercise.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=exercise.pk)
    )
    if held.kind != ExerciseKind.RUN:
        raise WrongState(state=held.get_kind_display())
    if held.state in (ExerciseState.CLOSED, ExerciseState.CANCELLED):
        raise WrongState(state=held.get_state_display())
    return held


def _one(exercise: Exercise, pk: int) -> Participant:
    found = exercise.participants.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _cell(exercise: Exercise, role: str, cell_id: int | None) -> Cell | None:
    if role not in Role.values:
        raise PersonRefused(reason=_("Choisissez un rôle."))
    if role == Role.FACILITATOR or cell_id is None:
        if role == Role.PLAYER:
            raise PersonRefused(reason=_("Dites dans quelle cellule cette personne joue."))
        return None
    found = exercise.cells.filter(pk=cell_id).first()
    if found is None:
        raise NotInThisExercise
    return found


def _own_play_check(perimeter: Perimeter, user_id: int | None, role: str) -> None:
    """Whoever prepares reads everything: they cannot play."""
    if role == Role.PLAYER and user_id is not None and user_id == perimeter.actor.user_id:
        raise PersonRefused(
            reason=_(
                "Vous préparez cet exercice et en connaissez le scénario : vous ne pouvez pas le "
                "jouer."
            )
        )


def _person_check(values: dict[str, str]) -> None:
    if not values["name"]:
        raise PersonRefused(reason=_("Donnez le nom de cette personne."))
    texts_check(Participant, values)
    if values["email"]:
        try:
            validate_email(values["email"])
        except ValidationError as error:
            raise PersonRefused(reason=" ".join(error.messages)) from error


def _expiry(exercise: Exercise) -> dt.datetime:
    now = timezone.now()
    played = exercise.planned_at or now
    return max(played + LINK_AFTER, now + LINK_AT_LEAST)
