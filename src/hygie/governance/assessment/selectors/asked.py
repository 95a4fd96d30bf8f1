"""Which framework or domain does a word of the command line name?"""

from hygie.foundation.errors import NotFound
from hygie.programme.models import Domain, Framework


def framework_by_ref(ref_id: str) -> Framework:
    """The current framework with this reference, or urn.

    Raises:
        NotFound: none.
    """
    current = Framework.objects.filter(is_current=True)
    found = current.filter(ref_id__iexact=ref_id).first() or current.filter(urn=ref_id).first()
    if found is None:
        raise NotFound
    return found


def domain_by_code(code: str) -> Domain:
    """The domain with this code, such as d2.

    Raises:
        NotFound: none.
    """
    found = Domain.objects.filter(code__iexact=code, is_retired=False).first()
    if found is None:
        raise NotFound
    return found
