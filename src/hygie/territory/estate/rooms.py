"""Which sheets does the map read, and who may say what their titles are?"""

from hygie.connectors.inventories.mapping import SUBJECTS, columns_for
from hygie.territory.perimeter import Right
from hygie.territory.sheets.rooms import Room

ESTATE_SHEETS = Room(
    columns={
        subject: frozenset(column.name for column in columns_for(subject)) for subject in SUBJECTS
    },
    rights=(Right.RECORD,),
)
