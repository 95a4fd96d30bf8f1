"""Who works on the programme, and in which role at which node?"""

import hashlib
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.territory.people.choices import LinkPurpose, Role


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Create an account; without a password it can only sign in by another door."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """An account. What it may see comes from its role assignments alone."""

    username = None  # type: ignore[assignment]  # the e-mail address takes its place
    email = models.EmailField(_("adresse électronique"), unique=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class RoleAssignment(models.Model):
    """A role held at a node, for a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices)
    since = models.DateField(_("depuis"))
    # The last day foreseen, itself included.
    until = models.DateField(_("jusqu'au"), null=True, blank=True)
    # Ended on purpose: at this instant, whatever `until` says.
    ended_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["user_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(until__isnull=True, ended_at__isnull=True),
                name="one_current_role_per_node",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"


class AccessLink(models.Model):
    """A door opened once for one person: choose a password, or bind a provider's account.

    Only the token's hash is kept: whoever reads the database opens nothing.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_links")
    purpose = models.CharField(_("objet"), max_length=10, choices=LinkPurpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("créé par")
    )
    expires_at = models.DateTimeField(_("expire le"))
    # Sent by mail proves the address when used; shown on screen proves nothing.
    is_mailed = models.BooleanField(_("envoyé par courriel"), default=False)
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("annulé le"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_open_link_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose}"

    @staticmethod
    def hash_of(token: str) -> str:
        """What the database keeps of a token; 32 random bytes need no salt."""
        return hashlib.sha256(token.encode()).hexdigest()
