"""Which indicators of the programme does a closed exercise feed?"""

YEARLY = "exercise.yearly"
COVERAGE = "exercise.coverage_share"
RETEX_DELAY = "exercise.retex_delay"
OBJECTIVES_REACHED = "exercise.objectives_reached_share"
DEADLINES_MET = "exercise.deadlines_met_share"
ALERTS_MET = "exercise.alert_minutes_met_share"
LESSONS_CLOSED = "exercise.actions_closed_share"
