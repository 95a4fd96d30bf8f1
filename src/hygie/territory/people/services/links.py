"""How is a person let in once, without anyone ever knowing their password?"""

import datetime as dt
import secrets
import smtplib

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hygie.foundation.journal.types import Actor, Via
from hygie.territory.people.choices import LinkPurpose
from hygie.territory.people.errors import AccountInactive, LinkRefused, PasswordRefused
from hygie.territory.people.models import AccessLink, User
from hygie.territory.people.selectors import link_by_token
from hygie.territory.people.services.told import person_told
from hygie.territory.perimeter import Perimeter

LIFETIME = {LinkPurpose.INVITATION: dt.timedelta(days=7), LinkPurpose.RESET: dt.timedelta(days=1)}


def link_issue(perimeter: Perimeter, person: User, purpose: LinkPurpose) -> tuple[AccessLink, str]:
    """A fresh link in place of any open one; called inside a decision that journals it.

    Returns:
        The link, and the token to hand over: it exists nowhere else.
    """
    now = timezone.now()
    AccessLink.objects.filter(user=person, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    token = secrets.token_urlsafe(32)
    link = AccessLink.objects.create(
        user=person,
        purpose=purpose,
        token_hash=AccessLink.hash_of(token),
        created_at=now,
        created_by_id=perimeter.actor.user_id,
        expires_at=now + LIFETIME[purpose],
    )
    return link, token


def link_mail(*, perimeter: Perimeter, link: AccessLink, url: str) -> bool:
    """Send a link to the person's own address, in their language.

    Args:
        url: absolute address that holds the token.

    Returns:
        False when this instance has no mail server or it did not take the message: the caller then
        shows the link once.
    """
    if not settings.HAS_MAIL:
        return False
    person = link.user
    context = {"person": person, "link": link, "url": url, "by": perimeter.actor.label}
    with translation.override(person.language):
        subject = (
            _("Hygie : votre accès")
            if link.purpose == LinkPurpose.INVITATION
            else _("Hygie : choisir un nouveau mot de passe")
        )
        body = render_to_string("people/mail/access.txt", context)
    try:
        send_mail(subject, body, None, [person.email])
    except (smtplib.SMTPException, OSError):
        return False
    with transaction.atomic():
        link.is_mailed = True
        link.save(update_fields=["is_mailed"])
        person_told(perimeter, "link.mailed", person, purpose=link.purpose)
    return True


def link_use(
    *, token: str, password: str | None, via: Via = Via.SIGN_IN, provider: str = ""
) -> User:
    """Open the account with a link: the link dies, and the address is proven if it was mailed.

    Args:
        token: as received.
        password: the one chosen; None when a provider's account is bound instead.
        provider: the provider's name, for the journal.

    Raises:
        LinkRefused: used, replaced, expired or invented.
        PasswordRefused: too weak; the link stays usable.
    """
    link = link_by_token(token)
    if link is None:
        raise LinkRefused
    person = link.user
    if password is not None:
        _password_judged(password, person)
    with transaction.atomic():
        now = timezone.now()
        # The condition again, in the write: of two simultaneous uses one wins.
        won = AccessLink.objects.filter(
            pk=link.pk, used_at__isnull=True, revoked_at__isnull=True
        ).update(used_at=now)
        if not won:
            raise LinkRefused
        if password is not None:
            person.set_password(password)
            person.save(update_fields=["password"])
        # A link shown on a screen may have been opened by whoever saw it: nothing is proven then,
        # and what was proven before no longer holds for the one who chose this password.
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": link.is_mailed, "primary": True}
        )
        person_told(
            _self(person, via),
            "link.used",
            person,
            purpose=link.purpose,
            mailed=link.is_mailed,
            provider=provider,
        )
    return person


def link_revoke(*, perimeter: Perimeter, link: AccessLink) -> None:
    """Make a link useless before it serves. The caller has checked the right on the account."""
    with transaction.atomic():
        AccessLink.objects.filter(pk=link.pk, used_at__isnull=True).update(
            revoked_at=timezone.now()
        )
        person_told(perimeter, "link.revoked", link.user, purpose=link.purpose)


def password_set(*, perimeter: Perimeter, person: User, password: str) -> None:
    """Set a password from the machine's own command line.

    Raises:
        AccountInactive: closed.
        PasswordRefused: too weak.
    """
    if not person.is_active:
        raise AccountInactive
    _password_judged(password, person)
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        person_told(perimeter, "account.password_set", person)


def _password_judged(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordRefused(reasons=" ".join(error.messages)) from error


def _self(person: User, via: Via) -> Perimeter:
    return Perimeter(actor=Actor(user_id=person.pk, label=person.email, via=via))
