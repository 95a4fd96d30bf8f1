"""What can go wrong with a file received or asked for, in words?"""

from django.utils.translation import gettext_lazy as _

from hygie.connectors.messages import Message
from hygie.foundation.documents.messages import sentence_of
from hygie.foundation.errors import Refusal


class FileNotAccepted(Refusal):
    """The file as a whole cannot be kept; says why in the words of the message."""

    code = "file_not_accepted"
    template = _("« %(file)s » : %(reason)s")
    status = 422

    def __init__(self, message: Message) -> None:
        super().__init__(file=message.file, reason=sentence_of(message.code, message.params))
        self.message = message


class DocumentDamaged(Refusal):
    """The bytes on disk are no longer those received."""

    code = "document_damaged"
    template = _(
        "Le fichier « %(name)s » n'est plus celui qui a été déposé : son empreinte a changé ou il "
        "a disparu du disque. Prévenez l'administrateur."
    )
    status = 410
