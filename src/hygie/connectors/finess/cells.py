"""How is a FINESS number read in a sheet that people have typed?"""

from hygie.connectors.finess.numbers import FINESS_LENGTH, FinessCheck, check_finess
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.tables.cells import RowCheck, text_of


def finess_of(check: RowCheck, name: str) -> str:
    """Read a FINESS number from a cell; a spreadsheet takes its leading 0 away, we give it back.

    Args:
        check: the row being read.
        name: column.

    Returns:
        9 characters, or "" when the cell is refused.
    """
    cell = check.row.values[name]
    text = text_of(cell).replace(" ", "").replace("\N{NO-BREAK SPACE}", "").upper()
    if not text:
        check.refuse(name, MessageCode.CELL_EMPTY)
        return ""
    number = text
    if len(text) == FINESS_LENGTH - 1 and text.isascii() and text.isdecimal():
        number = f"0{text}"
        check.warn(name, MessageCode.FINESS_ZERO_RESTORED, value=text, number=number)
    verdict = check_finess(number)
    if verdict is FinessCheck.WRONG_FORMAT:
        check.refuse(name, MessageCode.FINESS_NUMBER, value=text)
        return ""
    if verdict is FinessCheck.WRONG_KEY:
        check.warn(name, MessageCode.FINESS_KEY_WRONG, number=number)
    elif verdict is FinessCheck.KEY_UNKNOWN:
        check.report.info(
            MessageCode.FINESS_KEY_UNKNOWN,
            row=check.row.number,
            field=check.columns[name].title,
            number=number,
        )
    return number
