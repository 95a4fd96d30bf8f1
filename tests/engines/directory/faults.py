"""Which change to a sound forest makes which point fail, at which levels, because of whom?"""

from tests.engines.directory.faults_of_accounts import OF_ACCOUNTS
from tests.engines.directory.faults_of_forest import OF_FOREST
from tests.engines.directory.faults_of_rights import OF_RIGHTS
from tests.engines.directory.planting import Fault

FAULTS: dict[str, tuple[Fault, ...]] = {**OF_RIGHTS, **OF_ACCOUNTS, **OF_FOREST}
"""By point: every one of the catalogue has at least one."""
