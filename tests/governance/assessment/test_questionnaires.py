"""A questionnaire is asked, answered, submitted, sent back and closed by those who may."""

import datetime as dt

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.assessment.errors import (
    AnswerRefused,
    AssigneeRefused,
    CampaignIsClosed,
    NotAsked,
    NothingAnswered,
    NothingToAsk,
    QuestionnaireReadOnly,
    ReasonMissing,
    ReviewNoteMissing,
    StepRefused,
)
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.governance.assessment.selectors.answerers import answerers
from hygie.governance.assessment.selectors.questionnaires import (
    campaigns_in,
    questionnaire_items,
    questionnaires_in,
    reminders,
)
from hygie.governance.assessment.services.answers import Said, answer_save, answers_fill
from hygie.governance.assessment.services.campaigns import (
    campaign_close,
    campaign_detach,
    campaign_extend,
    campaign_launch,
)
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_close,
    questionnaire_reassign,
    questionnaire_send_back,
    questionnaire_submit,
)
from tests.governance.assessment.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(territory, referential, perimeters) -> Questionnaire:
    return questionnaire_assign(
        perimeter=perimeters.alice,
        organisation_id=territory.entities[0].pk,
        framework=referential.d2,
        due_on=TODAY + dt.timedelta(days=7),
    )


def _answer(perimeter, questionnaire, requirement, **said):
    return answer_save(
        perimeter=perimeter,
        questionnaire_id=questionnaire.pk,
        requirement_id=requirement.pk,
        said=Said(**said),
    )


def test_only_what_cannot_be_measured_is_asked(asked, perimeters):
    refs = [
        item.requirement.ref_id
        for item in questionnaire_items(perimeters.alice, asked)
        if not item.is_heading
    ]
    assert "D2.P1" in refs
    assert "D2.O1.C" not in refs


def test_the_whole_life_with_its_effect_on_the_state(
    asked, territory, referential, perimeters, compute, prove, state_of
):
    entity, rule = territory.entities[0], referential.requirement("D2.P1")
    prove(entity, "pssi", dt.date(2026, 5, 4))
    _answer(perimeters.alice, asked, rule, choices={"approval": "legal-representative"})
    asked.refresh_from_db()
    assert asked.state == "in_progress"
    compute(entity)
    assert state_of(entity, rule).state == "not_tested"

    questionnaire_submit(perimeter=perimeters.alice, questionnaire_id=asked.pk)
    compute(entity)
    row = state_of(entity, rule)
    assert (row.state, row.known_as) == ("passed", 1)
    with pytest.raises(QuestionnaireReadOnly):
        _answer(perimeters.alice, asked, rule, choices={"approval": "none"})

    questionnaire_send_back(perimeter=perimeters.bob, questionnaire_id=asked.pk, note="Qui signe ?")
    compute(entity)
    assert state_of(entity, rule).state == "not_tested"
    _answer(perimeters.alice, asked, rule, choices={"approval": "none"})
    questionnaire_submit(perimeter=perimeters.alice, questionnaire_id=asked.pk)
    questionnaire_close(perimeter=perimeters.bob, questionnaire_id=asked.pk)
    compute(entity)
    assert state_of(entity, rule).state == "partial"
    with pytest.raises(StepRefused):
        questionnaire_send_back(perimeter=perimeters.bob, questionnaire_id=asked.pk, note="trop")


def test_an_empty_questionnaire_is_not_submitted(asked, referential, perimeters):
    with pytest.raises(StepRefused):
        questionnaire_submit(perimeter=perimeters.alice, questionnaire_id=asked.pk)
    rule = referential.requirement("D2.O1.B")
    _answer(perimeters.alice, asked, rule, comment="à voir")
    with pytest.raises(NothingAnswered):
        questionnaire_submit(perimeter=perimeters.alice, questionnaire_id=asked.pk)


def test_sending_back_says_why(asked, perimeters):
    with pytest.raises(ReviewNoteMissing):
        questionnaire_send_back(perimeter=perimeters.bob, questionnaire_id=asked.pk, note="  ")


def test_not_applicable_needs_a_reason(asked, referential, perimeters):
    rule = referential.requirement("D2.P1")
    with pytest.raises(ReasonMissing):
        _answer(perimeters.alice, asked, rule, result="not_applicable")
    row = _answer(
        perimeters.alice, asked, rule, result="not_applicable", na_reason="Pas de SI propre"
    )
    assert row.result == "not_applicable"


def test_answers_that_fit_no_choice_are_refused(asked, referential, perimeters):
    rule = referential.requirement("D2.P1")
    with pytest.raises(AnswerRefused):
        _answer(perimeters.alice, asked, rule, choices={"approval": "le maire"})
    with pytest.raises(AnswerRefused):
        _answer(perimeters.alice, asked, rule, choices={"approval": ["none", "delegate"]})
    with pytest.raises(NotAsked):
        _answer(perimeters.alice, asked, referential.requirement("D2.O1.C"), result="compliant")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("ticked", "result"),
    [
        (["digital-risk", "crisis-cell", "reporting"], "compliant"),
        (["digital-risk"], "partial"),
        (["?"], "unknown"),
    ],
)
def test_several_choices_make_one_result(asked, referential, perimeters, ticked, result):
    rule = referential.requirement("D2.O1.B")
    row = _answer(perimeters.alice, asked, rule, choices={"contents": ticked})
    assert row.result == result


def test_many_are_answered_at_once_and_keep_their_comments(asked, referential, perimeters):
    first, second = (referential.requirement(ref) for ref in ("D2.P1", "D2.O1.B"))
    _answer(perimeters.alice, asked, first, comment="voir DSI")
    done = answers_fill(
        perimeter=perimeters.alice,
        questionnaire_id=asked.pk,
        requirement_ids=[first.pk, second.pk],
        result="unknown",
    )
    assert done == 2
    assert Answer.objects.get(requirement=first).comment == "voir DSI"
    assert set(Answer.objects.values_list("result", flat=True)) == {"unknown"}


def test_who_may_ask_answer_and_review(asked, territory, referential, perimeters):
    entity = territory.entities[0]
    for reader in (perimeters.charlie, perimeters.diane, perimeters.remi):
        with pytest.raises(NotFound):
            questionnaire_items(reader, asked)
        with pytest.raises(NotFound):
            _answer(reader, asked, referential.requirement("D2.P1"), result="unknown")
    with pytest.raises(NotFound):
        questionnaire_assign(
            perimeter=perimeters.charlie, organisation_id=entity.pk, framework=referential.d2
        )
    with pytest.raises(NotAllowed):
        questionnaire_assign(
            perimeter=perimeters.ada, organisation_id=entity.pk, framework=referential.d2
        )
    assert questionnaires_in(perimeters.remi).get(pk=asked.pk).answered == 0
    assert not questionnaires_in(perimeters.charlie).exists()


def test_what_is_late_or_due_soon_is_recalled(asked, perimeters):
    assert list(reminders(perimeters.alice, TODAY)) == [asked]
    assert not reminders(perimeters.alice, TODAY - dt.timedelta(days=30)).exists()
    assert not reminders(perimeters.charlie, TODAY).exists()


def test_a_framework_without_question_is_not_asked(territory, referential, perimeters):
    referential.d2.requirements.update(questions=[], rule={"proof": {"document": "pssi"}})
    with pytest.raises(NothingToAsk):
        questionnaire_assign(
            perimeter=perimeters.alice,
            organisation_id=territory.entities[0].pk,
            framework=referential.d2,
        )


def test_a_campaign_asks_a_region_and_ends_without_losing_answers(
    territory, referential, perimeters
):
    campaign = campaign_launch(
        perimeter=perimeters.remi,
        node_id=territory.north.pk,
        framework=referential.d2,
        name="D2 2026",
        due_on=TODAY,
        kinds=["ej"],
    )
    assert campaign.questionnaires.count() == 5
    assert (
        campaign_extend(
            perimeter=perimeters.remi, campaign_id=campaign.pk, organisation_ids=[territory.far.pk]
        )
        == 0
    )
    begun = campaign.questionnaires.get(organisation=territory.entities[0])
    _answer(perimeters.alice, begun, referential.requirement("D2.P1"), result="unknown")
    row = campaigns_in(perimeters.remi).get()
    assert (row.asked, row.begun, row.returned) == (5, 1, 0)
    assert not campaigns_in(perimeters.charlie).exists()

    campaign_detach(
        perimeter=perimeters.remi, campaign_id=campaign.pk,
        organisation_id=territory.entities[0].pk,
    )  # fmt: skip
    campaign_detach(
        perimeter=perimeters.remi, campaign_id=campaign.pk,
        organisation_id=territory.entities[1].pk,
    )  # fmt: skip
    begun.refresh_from_db()
    assert begun.campaign is None
    assert begun.answers.count() == 1
    assert campaign.questionnaires.count() == 3

    campaign_close(perimeter=perimeters.remi, campaign_id=campaign.pk)
    assert campaign.questionnaires.count() == 0
    with pytest.raises(CampaignIsClosed):
        campaign_close(perimeter=perimeters.remi, campaign_id=campaign.pk)


def test_an_establishment_launches_no_campaign_elsewhere(territory, referential, perimeters):
    with pytest.raises(NotAllowed):
        campaign_launch(
            perimeter=perimeters.ada, node_id=territory.north.pk, framework=referential.d2,
            name="x", due_on=TODAY, kinds=["ej"],
        )  # fmt: skip


def test_the_person_named_is_one_who_may_answer_there(
    asked, territory, perimeters, characters
) -> None:
    place = territory.entities[0]
    known = set(answerers(perimeters.alice, place))
    assert characters.alice in known
    assert not known & {characters.charlie, characters.diane, characters.remi}
    named = questionnaire_reassign(
        perimeter=perimeters.alice, questionnaire_id=asked.pk, assignee=characters.alice
    )
    assert named.assignee == characters.alice
    for stranger in (characters.charlie, characters.diane):
        with pytest.raises(AssigneeRefused, match="ne peut pas répondre"):
            questionnaire_reassign(
                perimeter=perimeters.alice, questionnaire_id=asked.pk, assignee=stranger
            )
    asked.refresh_from_db()
    assert asked.assignee == characters.alice
    cleared = questionnaire_reassign(
        perimeter=perimeters.alice, questionnaire_id=asked.pk, assignee=None
    )
    assert cleared.assignee is None


def test_a_region_asks_without_knowing_the_people(territory, referential, perimeters, characters):
    place = territory.entities[0]
    assert not answerers(perimeters.remi, place).exists()
    with pytest.raises(AssigneeRefused):
        questionnaire_assign(
            perimeter=perimeters.remi,
            organisation_id=place.pk,
            framework=referential.d2,
            assignee=characters.alice,
        )


def test_nobody_is_named_once_the_answers_are_handed_over(asked, perimeters, characters) -> None:
    Questionnaire.objects.filter(pk=asked.pk).update(state="submitted")
    with pytest.raises(QuestionnaireReadOnly):
        questionnaire_reassign(
            perimeter=perimeters.alice, questionnaire_id=asked.pk, assignee=characters.alice
        )


def test_what_names_the_reader_comes_first_even_without_a_date(
    asked, territory, referential, perimeters, characters
) -> None:
    undated = questionnaire_assign(
        perimeter=perimeters.alice,
        organisation_id=territory.entities[0].pk,
        framework=referential.d2,
        assignee=characters.alice,
    )
    assert [row.pk for row in reminders(perimeters.alice, TODAY)] == [undated.pk, asked.pk]
    assert [row.pk for row in reminders(perimeters.bob, TODAY)] == [asked.pk]
