"""How does a directory leave the house without its names?"""

import secrets
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings

from hygie.connectors.directory_exports.anonymise import anonymised
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.operations.directory.bridge import facts_kept
from hygie.operations.directory.models import DirectoryAudit

KEY_BYTES = 32


def anonymous_file(audit: DirectoryAudit) -> IO[bytes]:
    """The facts of a kept audit as a SharpHound archive under keyed hashes.

    The key is drawn for this file and kept nowhere: nobody can come back to the names, and two
    exports of one directory cannot be joined.

    Returns:
        A temporary file, read from its start, removed once closed.

    Raises:
        NoFacts: the audit holds verdicts only.
    """
    facts = anonymised(facts_kept(audit), secrets.token_bytes(KEY_BYTES))
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    file = tempfile.NamedTemporaryFile(dir=folder, prefix="anonymous-", suffix=".zip")  # noqa: SIM115 - the response closes it
    write_sharphound(facts, Path(file.name), collected_on=facts.collected_on)
    return file
