"""Which second factors does this person hold?"""

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

# Recovery codes replace one of these for a day; alone they are no second factor.
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def strong_factors_of(user_id: int) -> "QuerySet[Authenticator]":
    """Applications of codes and keys of one person."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(
        user_id=user_id, type__in=STRONG
    )
    return factors


def keys_count(user_id: int) -> int:
    """How many keys this person holds: the next one's number."""
    return strong_factors_of(user_id).filter(type=Authenticator.Type.WEBAUTHN).count()
