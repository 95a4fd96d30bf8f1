"""What does the journal keep of sign-ins? Who, when, how, from where; never what was typed."""

from typing import Any

from django.http import HttpRequest

from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor, Via
from hygie.territory.people.models import User

# What allauth tells the owner of an account, and what the journal keeps of it.
SECURITY_CHANGES = {
    "account/email/password_changed": "account.password_changed",
    "account/email/password_set": "account.password_set",
    "account/email/password_reset": "account.password_reset",
    "mfa/email/totp_activated": "second_factor.code_added",
    "mfa/email/totp_deactivated": "second_factor.code_removed",
    "mfa/email/webauthn_added": "second_factor.key_added",
    "mfa/email/webauthn_removed": "second_factor.key_removed",
    "mfa/email/recovery_codes_generated": "second_factor.recovery_codes_made",
    "socialaccount/email/account_connected": "account.provider_bound",
    "socialaccount/email/account_disconnected": "account.provider_unbound",
}
UNKNOWN = "?"


def session_told(action: str, user: User | None, *, address: str, **detail: Any) -> None:
    """One journal line about a way in or out.

    Args:
        action: dotted past tense.
        user: the account concerned; None when no account bears what was typed, which is not kept:
            people type their password in the wrong field.
        address: the visitor's IP address.
        detail: JSON values.
    """
    journal_write(
        actor=Actor(
            user_id=user.pk if user else None,
            label=user.email if user else UNKNOWN,
            via=Via.SIGN_IN,
        ),
        action=action,
        object_type="person" if user else "",
        object_id=user.pk if user else "",
        detail={"address": address, **detail},
    )


def methods_used(request: HttpRequest) -> list[str]:
    """How this session was opened: password, mfa:totp, mfa:webauthn, provider's name."""
    records = request.session.get("account_authentication_methods") or []
    return [_method(record) for record in records if isinstance(record, dict)]


def _method(record: dict[str, Any]) -> str:
    kind = str(record.get("method", ""))
    more = record.get("provider") or record.get("type")
    return f"{kind}:{more}" if more else kind
