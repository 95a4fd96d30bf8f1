"""Lists exported by other tools hold several kinds of machines: each row tells its own."""

from pathlib import Path

import pytest

from hygie.connectors.inventories.opening import read_inventory
from hygie.connectors.inventories.recognise import Recognised, recognise
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.message_codes import MessageCode as Code
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind as Id
from hygie.engines.estate.vocabulary import Status, Verb

GLPI = (
    '"Nom";"Statut";"Fabricant";"Numéro de série";"Type";"Modèle";'
    '"Système d\'exploitation - Nom";"Lieu";"Réseau - IP";"Dernière modification";\n'
    '"PC-0001";"En service";"Dell Inc.";"5KX9QN2";"Portable";"Latitude 5400";"Windows 10 Pro";'
    '"Site A > Bâtiment 2";"10.2.0.11\n10.2.0.12";"2024-03-01 10:22";\n'
    '"SRV-DB-01";"Réformé";"HP";"CZJ1234567";"Serveur";"DL380";"Debian GNU/Linux";"Salle";"";"";\n'
    '"SW-B2";"En stock";"Cisco";"FOC1234X0AB";"Switch";"C9300";"";"B2";"10.0.0.2";"";\n'
    '"IMP-3";"En service";"Ricoh";"";"Imprimante";"";"";"";"";"";\n'
    '"PC-0002";"En service";"Dell";"5KX9QN3";"";"";"Windows Server 2019";"";"";"";\n'
)
NETBOX = (
    "name,role,manufacturer,device_type,platform,serial,asset_tag,status,site,primary_ip4,id\n"
    "pdu01,PDU,APC,AP7901,,SN1,,active,Akron,10.0.0.9/24,1\n"
    "rtr01,Router,Cisco,ISR 1111-8P,Cisco IOS,FDO22120ABC,,planned,Akron,,2\n"
    "esx-1,Hypervisor,Dell,PowerEdge R640,VMware ESXi,7GXXXX2,INV-3,decommissioning,Siège,,3\n"
)
OCS = (
    '"Etiquette : TAG";"Machine";"Utilisateur";"Système";"RAM(MB)";"Adresse IP";"Adresse MAC"\n'
    '"NA";"PC-URG-01";"jdurand";"Microsoft Windows 10 Pro";"8192";"10.2.0.11";"E4:54:E8:11:22:33"\n'
    '"NA";"SRV-PACS";"admin";"Microsoft Windows Server 2016";"65536";"10.2.0.12";""\n'
)


def read(tmp_path: Path, text: str) -> Inventory:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    assert recognise(path) == Recognised(InventoryKind.WORKBOOK)
    return read_inventory(path)


def test_a_list_of_glpi_tells_the_kind_of_each_machine(tmp_path: Path) -> None:
    inventory = read(tmp_path, GLPI)
    told = [(one.asset.name, one.asset.kind, one.is_kind_guessed) for one in inventory.observations]
    assert told == [
        ("PC-0001", Kind.WORKSTATION, False), ("SRV-DB-01", Kind.SERVER, False),
        ("SW-B2", Kind.NETWORK, False), ("IMP-3", Kind.NETWORK, False),
        ("PC-0002", Kind.SERVER, False),
    ]  # fmt: skip
    laptop, server, switch, printer, _other = (one.asset for one in inventory.observations)
    assert laptop.identifiers == (
        (Id.SERIAL, "5KX9QN2"), (Id.HOSTNAME, "pc-0001"), (Id.ADDRESS, "10.2.0.11"),
        (Id.ADDRESS, "10.2.0.12"),
    )  # fmt: skip
    assert (laptop.site, laptop.details["model"]) == ("Site A > Bâtiment 2", "Latitude 5400")
    assert (server.status, switch.status) == (Status.RETIRED, Status.PLANNED)
    assert (switch.details["role"], printer.details["role"]) == ("commutateur", "imprimante")


def test_a_list_of_netbox_is_read_without_its_row_numbers(tmp_path: Path) -> None:
    inventory = read(tmp_path, NETBOX)
    told = [(one.asset.kind, one.asset.key, one.asset.status) for one in inventory.observations]
    assert told == [
        (Kind.NETWORK, "", Status.IN_USE), (Kind.NETWORK, "", Status.PLANNED),
        (Kind.SERVER, "INV-3", Status.RETIRED),
    ]  # fmt: skip
    first = inventory.observations[0].asset
    assert (Id.ADDRESS, "10.0.0.9") in first.identifiers and first.details["model"] == "AP7901"


def test_a_list_of_ocs_is_told_by_systems_and_its_users_are_not_read(tmp_path: Path) -> None:
    inventory = read(tmp_path, OCS)
    assert [one.asset.kind for one in inventory.observations] == [Kind.WORKSTATION, Kind.SERVER]
    assert "jdurand" not in repr(inventory.observations)


def test_a_type_that_says_nothing_refuses_the_row_when_nothing_else_tells(tmp_path: Path) -> None:
    text = "Nom;Type;Numéro de série\nA;Bras articulé;SN-0001\nB;Serveur;SN-0002\n"
    inventory = read(tmp_path, text)
    assert [one.asset.name for one in inventory.observations] == ["B"]
    (said,) = inventory.report.of(Code.CELL_NOT_CHOICE)
    assert (said.row, said.params["value"]) == (2, "Bras articulé")


RVTOOLS = (
    "VM,Powerstate,Template,Host,Cluster,DNS Name,Primary IP Address,"
    "OS according to the VMware Tools,VM UUID\n"
    "SRV-DPI-1,poweredOn,False,esx1.ch.local,CL-PROD,srv-dpi-1.ch.local,10.9.0.1,"
    "Microsoft Windows Server 2019 (64-bit),42143a0b-1c2d-3e4f-5a6b-7c8d9e0f1a2b\n"
    "POSTE-VDI,poweredOff,False,esx2.ch.local,CL-VDI,,,Microsoft Windows 10 (64-bit),\n"
)


def test_the_guests_of_a_hypervisor_run_on_its_cluster(tmp_path: Path) -> None:
    inventory = read(tmp_path, RVTOOLS)
    server, desktop = inventory.observations
    assert (server.asset.kind, desktop.asset.kind) == (Kind.SERVER, Kind.WORKSTATION)
    assert server.asset.identifiers == (
        (Id.UUID, "42143a0b-1c2d-3e4f-5a6b-7c8d9e0f1a2b"),
        (Id.HOSTNAME, "srv-dpi-1.ch.local"), (Id.ADDRESS, "10.9.0.1"),
    )  # fmt: skip
    assert server.asset.details["is_virtual"] is True
    (link,) = inventory.links
    assert (link.verb, link.target.text, link.target.kinds[0]) == (
        Verb.RUNS_ON, "CL-PROD", Kind.CLUSTER,
    )  # fmt: skip
    without = RVTOOLS.replace(",Cluster", "").replace(",CL-PROD", "").replace(",CL-VDI", "")
    (link,) = read(tmp_path, without).links
    assert (link.target.text, link.target.kinds[0]) == ("esx1.ch.local", Kind.SERVER)


def test_medical_devices_in_a_list_of_machines_are_devices_whatever_their_system(
    tmp_path: Path,
) -> None:
    inventory = read(
        tmp_path,
        "Désignation;Type;N° de série;Adresse IP;Système d'exploitation\n"
        "Scanner RX 1;Scanner;SN-GE-778;10.50.0.1;Windows 7\n"
        "Lit 3;Moniteur;DE1234;10.50.0.2;\nAutomate;Automate;A-77;10.50.0.3;Windows Server 2012\n",
    )
    assert [one.asset.kind for one in inventory.observations] == [Kind.DEVICE, Kind.DEVICE]
    assert inventory.observations[0].asset.details["modality"] == "Scanner"
    assert [one.row for one in inventory.report.of(Code.CELL_NOT_CHOICE)] == [3]


def test_a_list_of_managed_terminals_is_read_without_its_users(tmp_path: Path) -> None:
    inventory = read(
        tmp_path,
        "Device name,Ownership,OS,OS version,Primary user UPN,Serial number,Wi-Fi MAC\n"
        "LAPTOP-77,Corporate,Windows,10.0.22631,a.b@ch.example,ABC123DE,AC1203AABBCC\n"
        "IPHONE-3,Personal,iOS/iPadOS,17.4,c.d@ch.example,F2LXX1,AC1203AABBCD\n",
    )
    assert [one.asset.kind for one in inventory.observations] == [Kind.WORKSTATION] * 2
    assert [one.is_kind_guessed for one in inventory.observations] == [True, False]
    assert "ch.example" not in repr(inventory.observations)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Serveur;Adresse IP;Système\nA;10.0.0.1;Windows 10\n", Kind.SERVER),
        ("Nom;Modalité;Numéro de série;Système\nIRM 1;IRM;SN-0001;Windows 10\n", Kind.DEVICE),
    ],
)
def test_titles_that_tell_one_kind_are_believed(tmp_path: Path, text: str, kind: Kind) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    assert recognise(path) == Recognised(InventoryKind.SHEET, kind)


def test_a_name_broken_to_fit_its_cell_is_one_name(tmp_path: Path) -> None:
    inventory = read(tmp_path, 'Nom;Adresse IP;Système\n"SRV\n1";10.0.0.1;Debian 12\n')
    assert inventory.observations[0].asset.name == "SRV 1"
