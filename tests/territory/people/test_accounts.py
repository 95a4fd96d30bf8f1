"""Accounts: invited once, closed at once, never a step into someone else's establishment."""

import datetime as dt
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from pytest_django import Settings

from hygie.foundation.errors import NotAllowed, Refusal
from hygie.foundation.journal.models import JournalLine
from hygie.territory.people.choices import LinkPurpose, Role
from hygie.territory.people.errors import (
    AccountElsewhere,
    AccountInactive,
    EmailRefused,
    EmailTaken,
    LanguageRefused,
    LinkRefused,
    OwnRoles,
    PasswordRefused,
)
from hygie.territory.people.models import AccessLink, User
from hygie.territory.people.services.accounts import (
    Invited,
    account_create,
    account_deactivate,
    account_edit,
    account_invite,
    account_reactivate,
    language_choose,
)
from hygie.territory.people.services.links import link_mail, link_use, password_set
from hygie.territory.people.services.renewals import link_cancel, link_renew
from hygie.territory.people.services.roles import role_assign

GOOD = "cheval batterie agrafe 42"


@pytest.fixture
def invited(perimeters: SimpleNamespace, territory: SimpleNamespace) -> Invited:
    return account_invite(
        perimeter=perimeters.alice,
        email="  Nina.Qualite@Hygie.TEST ",
        role=Role.QUALITY,
        organisation=territory.entities[0],
        first_name="Nina",
        last_name="Martin",
    )


def test_an_invitation_opens_an_account_once(invited: Invited) -> None:
    assert invited.person.email == "nina.qualite@hygie.test"
    assert not invited.person.has_usable_password()
    person = link_use(token=invited.token, password=GOOD)
    person.refresh_from_db()
    assert person.check_password(GOOD)
    with pytest.raises(LinkRefused):
        link_use(token=invited.token, password="une autre phrase longue 9")


def test_the_database_never_holds_the_token(invited: Invited) -> None:
    link = AccessLink.objects.get()
    assert invited.token not in {str(value) for value in vars(link).values()}
    assert invited.token not in str(list(JournalLine.objects.values()))


def test_an_expired_link_opens_nothing(invited: Invited) -> None:
    AccessLink.objects.update(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(LinkRefused):
        link_use(token=invited.token, password=GOOD)


def test_a_weak_password_is_refused_and_the_link_still_serves(invited: Invited) -> None:
    with pytest.raises(PasswordRefused):
        link_use(token=invited.token, password="123456")
    link_use(token=invited.token, password=GOOD)


def test_an_address_is_proven_by_a_mailed_link_only(
    invited: Invited, perimeters: SimpleNamespace, settings: Settings
) -> None:
    link_use(token=invited.token, password=GOOD)
    address = EmailAddress.objects.get(user=invited.person)
    assert not address.verified
    settings.HAS_MAIL = True
    link, token = link_renew(perimeter=perimeters.alice, person=invited.person)
    assert link_mail(perimeter=perimeters.alice, link=link, url=f"https://h.test/{token}/")
    assert token in str(mail.outbox[0].body)
    link_use(token=token, password=GOOD)
    address.refresh_from_db()
    assert address.verified


def test_a_link_shown_on_screen_takes_back_the_proof_of_the_address(
    invited: Invited, perimeters: SimpleNamespace
) -> None:
    EmailAddress.objects.filter(user=invited.person).update(verified=True)
    link_use(token=invited.token, password=GOOD)
    assert not EmailAddress.objects.get(user=invited.person).verified


def test_a_mail_server_that_refuses_leaves_the_link_to_be_shown(
    invited: Invited, perimeters: SimpleNamespace, settings: Settings
) -> None:
    settings.HAS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert invited.link is not None
    assert not link_mail(perimeter=perimeters.alice, link=invited.link, url="https://h.test/x/")
    invited.link.refresh_from_db()
    assert not invited.link.is_mailed


def test_inviting_someone_who_has_an_account_gives_the_role_and_no_link(
    perimeters: SimpleNamespace, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    outcome = account_invite(
        perimeter=perimeters.alice,
        email="CHARLIE@hygie.test",
        role=Role.AUDITOR,
        organisation=territory.entities[0],
    )
    assert outcome.person == characters.charlie
    assert outcome.link is None and outcome.token == ""


def test_an_account_that_reads_elsewhere_is_nobodys_to_open_or_close_but_an_administrators(
    perimeters: SimpleNamespace, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    role_assign(
        perimeter=perimeters.alice,
        person=characters.charlie,
        role=Role.AUDITOR,
        organisation=territory.entities[0],
    )
    for perimeter in (perimeters.alice, perimeters.bob):
        with pytest.raises(AccountElsewhere):
            link_renew(perimeter=perimeter, person=characters.charlie)
        with pytest.raises(AccountElsewhere):
            account_deactivate(perimeter=perimeter, person=characters.charlie)
    link_renew(perimeter=perimeters.ada, person=characters.charlie)


def test_an_account_without_role_belongs_to_the_administrators(
    perimeters: SimpleNamespace, db: None
) -> None:
    alone = User.objects.create_user("seul@hygie.test", GOOD)
    with pytest.raises(AccountElsewhere):
        link_renew(perimeter=perimeters.bob, person=alone)
    link_renew(perimeter=perimeters.ada, person=alone)


def test_readers_and_contributors_manage_no_account(
    perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    for perimeter in (perimeters.diane, perimeters.remi):
        with pytest.raises(NotAllowed):
            account_deactivate(perimeter=perimeter, person=characters.alice)


def test_a_new_link_replaces_the_one_before(invited: Invited, perimeters: SimpleNamespace) -> None:
    link, token = link_renew(perimeter=perimeters.alice, person=invited.person)
    assert link.purpose == LinkPurpose.INVITATION
    with pytest.raises(LinkRefused):
        link_use(token=invited.token, password=GOOD)
    link_use(token=token, password=GOOD)


def test_a_cancelled_link_opens_nothing(invited: Invited, perimeters: SimpleNamespace) -> None:
    assert invited.link is not None
    link_cancel(perimeter=perimeters.alice, person=invited.person, link=invited.link)
    with pytest.raises(LinkRefused):
        link_use(token=invited.token, password=GOOD)


def test_a_deactivated_account_loses_its_session_and_its_link_at_once(
    invited: Invited, perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    client = Client()
    client.force_login(
        characters.alice, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    account_deactivate(perimeter=perimeters.bob, person=characters.alice)
    request = client.get("/healthz").wsgi_request
    assert isinstance(request.user, AnonymousUser) or not request.user.is_authenticated
    account_deactivate(perimeter=perimeters.alice, person=invited.person)
    with pytest.raises(LinkRefused):
        link_use(token=invited.token, password=GOOD)
    with pytest.raises(AccountInactive):
        link_renew(perimeter=perimeters.alice, person=invited.person)
    account_reactivate(perimeter=perimeters.alice, person=invited.person)
    link_renew(perimeter=perimeters.alice, person=invited.person)


def test_nobody_closes_their_own_account(
    perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    with pytest.raises(OwnRoles):
        account_deactivate(perimeter=perimeters.ada, person=characters.ada)


@pytest.mark.parametrize("email", ["", "pas une adresse", "a@b", "x@y.fr\nBcc: z@z.fr"])
def test_what_is_not_an_address_is_refused(
    perimeters: SimpleNamespace, territory: SimpleNamespace, email: str
) -> None:
    with pytest.raises(EmailRefused):
        account_invite(
            perimeter=perimeters.alice,
            email=email,
            role=Role.QUALITY,
            organisation=territory.entities[0],
        )
    assert not JournalLine.objects.exists()


def test_a_refused_role_leaves_no_account_behind(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    with pytest.raises(Refusal):
        account_invite(
            perimeter=perimeters.alice,
            email="nouveau@hygie.test",
            role=Role.ARS,
            organisation=territory.north,
        )
    assert not User.objects.filter(email="nouveau@hygie.test").exists()


def test_only_the_operator_opens_an_account_with_a_password(perimeters: SimpleNamespace) -> None:
    with pytest.raises(NotAllowed):
        account_create(perimeter=perimeters.ada, email="x@hygie.test", password=GOOD)
    person = account_create(perimeter=perimeters.operator, email="X@hygie.test", password=GOOD)
    assert person.check_password(GOOD)
    assert EmailAddress.objects.get(user=person).verified
    with pytest.raises(EmailTaken):
        account_create(perimeter=perimeters.operator, email="x@HYGIE.test")


def test_a_person_keeps_their_names_and_language(
    perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    alice = characters.alice
    language_choose(perimeter=perimeters.alice, person=alice, language="en")
    account_edit(perimeter=perimeters.alice, person=alice, first_name="Alice", last_name="Roy")
    alice.refresh_from_db()
    assert (alice.language, alice.last_name) == ("en", "Roy")
    with pytest.raises(LanguageRefused):
        language_choose(perimeter=perimeters.alice, person=alice, language="kl")
    with pytest.raises(NotAllowed):
        language_choose(perimeter=perimeters.bob, person=alice, language="fr")


def test_a_password_set_by_the_operator_is_judged_and_journalled_without_being_kept(
    perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    with pytest.raises(PasswordRefused):
        password_set(perimeter=perimeters.operator, person=characters.bob, password="court")
    password_set(perimeter=perimeters.operator, person=characters.bob, password=GOOD)
    line = JournalLine.objects.get()
    assert line.action == "account.password_set"
    assert GOOD not in str(line.detail)
