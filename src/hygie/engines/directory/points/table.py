"""Which rule decides which point?"""

from collections.abc import Mapping

from hygie.engines.directory.points import table_accounts as accounts
from hygie.engines.directory.points import table_forest as forest
from hygie.engines.directory.points.rules import Rule
from hygie.engines.directory.points.table_advisories import OF_ADVISORIES

RULES: Mapping[str, Rule] = {
    rule.point: rule
    for rule in (
        *accounts.OF_ACCOUNTS,
        *accounts.OF_SECRETS,
        *accounts.OF_CONTROLLERS,
        *accounts.OF_PRIVILEGED,
        *accounts.OF_DELEGATION,
        *forest.OF_TRUSTS,
        *forest.OF_CERTIFICATES,
        *forest.OF_PERMISSIONS,
        *forest.OF_DOMAINS,
        *forest.OF_GROUPS,
        *forest.OF_COLLECTION,
        *OF_ADVISORIES,
    )
}
