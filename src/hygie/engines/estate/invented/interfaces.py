"""Which flows pass between applications, through the interface engine or beside it?"""

from collections.abc import Iterator

from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.invented.words import TEAMS
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

H = 60

# Producer, consumers, protocol, messages. The consumer needs the interface, which needs the
# producer and the engine.
_FLOWS = (
    ("gap", "dpi lis ris pacs pharmacie urgences bloc anesthesie obstetrique restauration rea "
     "chimio dialyse anapath transfusion ecgs brancardage pmsi facturation bornes agenda", "hl7",
     "Identités et mouvements (ADT)"),
    ("ipp", "gap urgences lis ris had ght", "hl7", "Identités (PIX)"),
    ("dpi", "lis ris pharmacie anapath transfusion bacterio", "hl7", "Demandes (OML, OMI)"),
    ("lis", "dpi rea urgences transfusion chimio serveurresultats", "hl7", "Résultats (ORU)"),
    ("ris", "dpi ght serveurdoc facturation", "hl7", "Comptes rendus (ORU)"),
    ("ris", "pacs", "hl7", "Rendez-vous d'imagerie"),
    ("pacs", "teleradiologie dpi neuronavigation rtdosimetrie", "dicom", "Images"),
    ("middleware", "lis", "other", "Résultats d'automates"),
    ("prescription", "pharmacie plansoins", "hl7", "Prescriptions (RDE)"),
    ("medicaments", "prescription pharmacie chimio", "file", "Livret du médicament"),
    ("anapath", "dpi serveurdoc", "hl7", "Comptes rendus d'anatomopathologie"),
    ("serveurdoc", "dmp msss ght portailpatient entrepot", "fhir", "Documents cliniques (CDA)"),
    ("dpi", "pmsi entrepot serveurdoc dmp", "database", "Actes et dossiers"),
    ("pmsi", "groupage facturation decisionnel", "file", "Résumés de séjour"),
    ("facturation", "finances decisionnel", "file", "Titres de recettes"),
    ("rh", "paie tempstravail controleacces annuairetel formation", "file", "Mouvements d'agents"),
    ("tempstravail", "paie", "file", "Éléments variables de paie"),
    ("paie", "finances", "file", "Écritures de paie"),
    ("achats", "finances stocks pharmacie", "file", "Commandes et réceptions"),
    ("agenda", "prisederdv sms ris bloc", "fhir", "Rendez-vous"),
    ("bloc", "sterilisation tracabilite implants facturation", "hl7", "Programme opératoire"),
    ("transfusion", "dpi", "hl7", "Dossier transfusionnel"),
    ("rea", "dpi", "hl7", "Synthèses de réanimation"),
    ("anesthesie", "dpi bloc", "hl7", "Feuilles d'anesthésie"),
    ("appelmalade", "telephonie", "other", "Appels"),
    ("gtb", "supervision", "other", "Alarmes techniques"),
)  # fmt: skip
# Those without which the consumer stops rather than goes on less well.
_VITAL = {("middleware", "lis"), ("medicaments", "prescription")}
_DIRECT = {"dicom", "database", "other"}
_PORTS = {"hl7": 2575, "dicom": 104, "fhir": 443, "http": 443, "database": 1433}


def make_interfaces(house: House) -> None:
    """Flows between roles, then movements to departments and documents back, until enough."""
    made: dict[tuple[str, str], str] = {}
    count = 0
    for producer, consumer, protocol, messages in _flows(house):
        source, target = house.apps[producer], house.apps[consumer]
        made[producer, consumer] = _interface(
            house, source, target, protocol, messages, (producer, consumer) in _VITAL
        )
        count += 1
    if ("dpi", "lis") in made and ("lis", "dpi") in made:
        knot = house.apps["dpi"], made["lis", "dpi"], house.apps["lis"], made["dpi", "lis"]
        house.book.plant(Planted(Fault.CYCLE, knot))
    departmental = [app for app in house.departmental if app in house.servers_of]
    for at in range(min(house.plan.interfaces - count, len(departmental))):
        app = departmental[at]
        if at % 3 == 2:
            _interface(house, app, house.apps["dpi"], "hl7", "Comptes rendus de spécialité", False)
        else:
            _interface(house, house.apps["gap"], app, "hl7", "Identités et mouvements (ADT)", False)


def _flows(house: House) -> Iterator[tuple[str, str, str, str]]:
    """Flows between roles that are both here, one of each establishment's own at least."""
    left = house.plan.interfaces
    for producer, consumers, protocol, messages in _FLOWS:
        for consumer in consumers.split():
            known = producer in house.apps and consumer in house.apps
            if known and consumer not in house.shared and left:
                left -= 1
                yield producer, consumer, protocol, messages


def _interface(
    house: House, source: str, target: str, protocol: str, messages: str, is_vital: bool
) -> str:
    book, engine = house.book, house.apps["eai"]
    passes = protocol not in _DIRECT
    short = [book.assets[app].name.split(" – ")[0] for app in (source, target)]
    key = book.add(
        AssetKind.INTERFACE,
        f"{messages} : {short[0]} → {short[1]}",
        organisation=house.organisation,
        owner=TEAMS["applications"],
        technical_owner=TEAMS["applications"],
        details={
            "protocol": protocol,
            "engine": book.assets[engine].details["model"] if passes else None,
            "messages": messages,
            "port": _PORTS.get(protocol),
            "is_enabled": book.chance(0.97),
        },
    )
    effect = Effect.STOP if is_vital else Effect.DEGRADE
    delay = 0 if is_vital else book.pick((H, 2 * H, 4 * H, 8 * H))
    book.tie(target, Verb.EXCHANGES_THROUGH, key, delay, effect)
    book.tie(key, Verb.USES, source)
    if passes:
        book.tie(key, Verb.USES, engine)
    return key
