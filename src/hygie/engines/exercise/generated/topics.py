"""Which kind of care is an activity, by its name?"""

import unicodedata

from hygie.engines.exercise.generated.words import Topic

# In this order: "pharmacie des urgences" is a pharmacy.
_STEMS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (Topic.PHARMACY, ("pharma", "medicament", "drug", "preparation", "reconstitution")),
    (Topic.LABORATORY, ("labo", "biolog", "patholog", "transfus", "sang")),
    (Topic.IMAGING, ("imagerie", "imaging", "radiolog", "scanner", "irm", "echograph",
                     "nucleaire")),
    (Topic.INTENSIVE, ("reanim", "intensi", "surveillance continue", "critical care", "usic")),
    (Topic.DISPATCH, ("regulation", "centre 15", "samu", "dispatch")),
    (Topic.EMERGENCY, ("urgence", "emergenc", "smur")),
    (Topic.THEATRE, ("bloc", "operat", "anesth", "theatre", "chirurg", "surg", "endoscop")),
    (Topic.MATERNITY, ("matern", "obstet", "naissance", "neonat", "pediat", "paediat")),
    (Topic.DIALYSIS, ("dialys", "nephro")),
    (Topic.ONCOLOGY, ("oncolog", "cancer", "chimio", "chemo", "radiotherap")),
    (Topic.RESIDENTS, ("ehpad", "hebergement", "geriatr", "gerontol", "resident", "usld",
                       "nursing home", "long-stay", "domicile")),
    (Topic.ADMISSIONS, ("admission", "accueil", "factur", "secretar", "consult", "reception",
                        "outpatient", "rendez-vous")),
    (Topic.KITCHEN, ("cuisine", "restaura", "repas", "kitchen", "catering")),
    (Topic.SUPPORT, ("standard", "paie", "payroll", "financ", "achat", "appro", "archive",
                     "maintenance", "steril", "logisti", "ressources", "transport", "switchboard",
                     "purchas", "informati")),
)  # fmt: skip
BEDSIDE = frozenset({
    Topic.EMERGENCY, Topic.INTENSIVE, Topic.MATERNITY, Topic.DIALYSIS, Topic.ONCOLOGY,
    Topic.RESIDENTS, Topic.WARD,
})  # fmt: skip
"""Where people are looked after in a bed or a chair."""


def folded(name: str) -> str:
    """A name without accents or capitals."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def topic_of(name: str) -> Topic:
    """Kind of care that a name tells, in French or in English; `WARD` when it tells none."""
    flat = folded(name)
    return next(
        (topic for topic, stems in _STEMS if any(stem in flat for stem in stems)), Topic.WARD
    )
