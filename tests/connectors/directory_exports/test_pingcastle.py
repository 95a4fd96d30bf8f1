"""A PingCastle report gives verdicts by rule, few facts, and never says more than it looked at."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.directory_exports.pingcastle import read_pingcastle
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Report
from hygie.engines.directory.facts import UNKNOWN, DirectoryExport
from hygie.engines.directory.vocabulary import Flag, Instant, Number, Text
from tests.connectors.directory_exports.comparison import flags

_SID = "S-1-5-21-1-2-3"
_TRUST = """<Trusts><HealthCheckTrustData><TrustPartner>autre.fr</TrustPartner>
<TrustAttributes>8</TrustAttributes><TrustDirection>2</TrustDirection><TrustType>2</TrustType>
<SID>S-1-5-21-8-8-8</SID></HealthCheckTrustData></Trusts>"""


def _rule(identifier: str, *details: str, rationale: str = "why") -> str:
    lines = "".join(f"<string>{line}</string>" for line in details)
    return (
        f"<HealthcheckRiskRule><Points>5</Points><Category>Anomalies</Category>"
        f"<RiskId>{identifier}</RiskId><Rationale>{rationale}</Rationale>"
        f"<Details>{lines}</Details></HealthcheckRiskRule>"
    )


def _xml(*rules: str, level: str = "Full", version: str = "3.3.0.1 Beta", more: str = "") -> str:
    listed = f"<RiskRules>{''.join(rules)}</RiskRules>" if rules else ""
    return (
        '<?xml version="1.0"?><HealthcheckData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' DSHeuristics="0010002" IntegrityRules="x">'
        f"<EngineVersion>{version}</EngineVersion>"
        "<GenerationDate>2026-04-30T14:00:00.1234567+02:00</GenerationDate>"
        f"<Level>{level}</Level><DomainFQDN>hop.fr</DomainFQDN><DomainSid>{_SID}</DomainSid>"
        "<DomainFunctionalLevel>7</DomainFunctionalLevel><NumberOfDC>2</NumberOfDC>"
        "<GlobalScore>55</GlobalScore><MachineAccountQuota>10</MachineAccountQuota>"
        "<GuestEnabled>false</GuestEnabled><UsingNTFRSForSYSVOL>false</UsingNTFRSForSYSVOL>"
        "<KrbtgtLastChangeDate>2020-01-01T00:00:00Z</KrbtgtLastChangeDate>"
        "<UserAccountData><Number>3</Number><ListX><A><B>deep</B></A></ListX></UserAccountData>"
        f"{listed}{more}</HealthcheckData>"
    )


def _read(folder: Path, text: str | bytes, report: Report | None = None) -> DirectoryExport:
    file = folder / "ad_hc_hop.fr.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_pingcastle(file, report or Report())


def test_a_rule_that_fires_fails_its_point_with_its_lines(tmp_path: Path) -> None:
    export = _read(tmp_path, _xml(_rule("A-Krbtgt", "365 days"), _rule("A-WeakRSARootCert2")))
    verdict = export.verdicts["krbtgt"]
    assert verdict.is_failed
    assert verdict.details == ("A-Krbtgt: why", "365 days")
    assert export.verdicts["certificates_vuln"].levels == (3,)
    assert export.tool == "3.3.0.1 Beta"
    assert export.collected_on == 1777550400


def test_an_absent_rule_passes_only_what_it_decides_alone(tmp_path: Path) -> None:
    export = _read(tmp_path, _xml(_rule("P-AdminNum")))
    assert export.verdicts["krbtgt"].is_failed is False
    assert export.verdicts["guest"].is_failed is False
    assert export.verdicts["privileged_members"].is_failed is None
    for point in ("certificates_vuln", "protected_users", "user_accounts_dormant"):
        assert point not in export.verdicts


@pytest.mark.parametrize("level", ["Normal", "Light", ""])
def test_a_report_below_full_passes_nothing(tmp_path: Path, level: str) -> None:
    report = Report()
    export = _read(tmp_path, _xml(_rule("A-Guest"), level=level), report)
    assert {v.is_failed for v in export.verdicts.values()} == {True}
    assert report.counts[MessageCode.PINGCASTLE_LEVEL] == 1


def test_an_engine_older_than_a_rule_passes_nothing_by_it(tmp_path: Path) -> None:
    export = _read(tmp_path, _xml(_rule("P-AdminNum"), version="2.9.0.0"))
    assert "display_specifier" not in export.verdicts
    assert export.verdicts["sysvol_ntfrs"].is_failed is False
    unknown = _read(tmp_path, _xml(_rule("P-AdminNum"), version="new"))
    assert "sysvol_ntfrs" not in unknown.verdicts


def test_a_report_without_its_list_of_rules_says_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path, _xml()).verdicts == {}


def test_one_zone_rule_fails_its_own_level(tmp_path: Path) -> None:
    verdict = _read(tmp_path, _xml(_rule("A-DnsZoneUpdate2"))).verdicts["dnszone_bad_prop"]
    assert (verdict.is_failed, verdict.levels) == (True, (3,))


def test_rules_without_a_point_are_told(tmp_path: Path) -> None:
    report = Report()
    _read(tmp_path, _xml(_rule("S-SMB-v1"), _rule("A-Guest")), report)
    (message,) = report.of(MessageCode.PINGCASTLE_RULES_UNKNOWN)
    assert message.params == {"rules": "S-SMB-v1", "count": 1}


def test_facts_told_directly_are_on_objects_that_have_a_sid(tmp_path: Path) -> None:
    controllers = (
        "<DomainControllers><HealthcheckDomainController><DCName>DC1</DCName>"
        "<OperatingSystem>Windows 2019</OperatingSystem></HealthcheckDomainController>"
        "</DomainControllers>"
    )
    export = _read(tmp_path, _xml(_rule("A-Guest"), more=_TRUST + controllers))
    facts = export.facts
    assert facts is not None
    assert facts.identifiers == [_SID, f"{_SID}-502", f"{_SID}-501"]
    assert facts.numbers[Number.FUNCTIONAL_LEVEL][0] == 7
    assert facts.numbers[Number.MACHINE_QUOTA][0] == 10
    assert facts.texts[Text.DS_HEURISTICS] == {0: "0010002"}
    assert facts.instants[Instant.PASSWORD_SET].tolist() == [UNKNOWN, 1577836800, UNKNOWN]
    assert flags(facts, 2) == {"ENABLED": False}
    assert flags(facts, 0)["SYSVOL_NTFRS"] is False
    (trust,) = facts.trusts
    assert (trust.trust_type, trust.sid_filtering, trust.is_inbound) == ("forest", True, False)
    assert export.indicators["ControllerSystems"] == "Windows 2019 (1)"
    assert export.indicators["GlobalScore"] == "55"


def test_the_domain_is_never_said_to_be_collected(tmp_path: Path) -> None:
    facts = _read(tmp_path, _xml(_rule("A-Guest"))).facts
    assert facts is not None
    assert facts.is_known(Flag.DOMAIN_COLLECTED)[0]
    assert not facts.is_set(Flag.DOMAIN_COLLECTED)[0]
    assert not facts.is_known(Flag.TRUSTS_COLLECTED)[0]


def test_a_report_without_the_sid_of_its_domain_has_verdicts_only(tmp_path: Path) -> None:
    export = _read(tmp_path, _xml(_rule("A-Guest")).replace(_SID, "unknown"))
    assert export.facts is None
    assert export.verdicts["guest"].is_failed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            "<HealthcheckData>&x;</HealthcheckData>",
            MessageCode.XML_DOCTYPE,
        ),
        (
            "<!DOCTYPE a ["
            + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
            + "]><HealthcheckData>&l9;</HealthcheckData>",
            MessageCode.XML_DOCTYPE,
        ),
        ("<HealthcheckData>&unknown;</HealthcheckData>", MessageCode.FILE_DAMAGED),
        ("<HealthcheckData><Level>Full</Lev", MessageCode.FILE_DAMAGED),
        ("<HealthcheckData>" + "<a>" * 200, MessageCode.FILE_DAMAGED),
        ("<html/>", MessageCode.PINGCASTLE_NOT_REPORT),
        (
            '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"/>',
            MessageCode.PINGCASTLE_ENCRYPTED,
        ),
        ("", MessageCode.FILE_EMPTY),
    ],
)
def test_what_is_not_a_readable_report_is_refused(
    tmp_path: Path, text: str, code: MessageCode
) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(tmp_path, text)
    assert refused.value.message.code is code


def test_memory_does_not_follow_the_lists_that_nothing_reads(tmp_path: Path) -> None:
    more = "<Other>" + "<X><Y>value</Y></X>" * 50_000 + "</Other>"
    export = _read(tmp_path, _xml(_rule("A-Guest", *["line"] * 200), more=more))
    assert len(export.verdicts["guest"].details) == 50


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_report_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    raw = bytearray(_xml(_rule("A-Krbtgt"), more=_TRUST).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        _read(tmp_path_factory.mktemp("report"), bytes(raw))
    except FileRefused as refused:
        assert refused.message.code in {
            MessageCode.FILE_DAMAGED,
            MessageCode.XML_DOCTYPE,
            MessageCode.PINGCASTLE_NOT_REPORT,
        }
