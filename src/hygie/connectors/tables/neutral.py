"""How is a text kept from being run as a formula by a spreadsheet?"""

import re

# OWASP, CSV injection: these first characters make a spreadsheet compute or split the cell.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run.

    Args:
        text: content of a cell.

    Returns:
        The text, or the text behind one more apostrophe; `restored` gives it back exactly.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def restored(text: str) -> str:
    """Take away the apostrophe that `neutralised` had put."""
    return text[1:] if text[:1] == "'" and _PROTECTED.match(text) else text
