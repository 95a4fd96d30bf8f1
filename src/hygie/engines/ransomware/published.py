"""Which figures does the rehearsal rest on, where do they come from, how far may they move?

A source is named only where its text was read. "Judgement" says that no figure was found: the
bounds are then wide, and the result should be looked at with both.
"""

from hygie.engines.ransomware.parameter_types import Parameter, Unit

_SOPHOS_CARE = (
    "Sophos, The State of Ransomware in Healthcare 2024",
    "https://news.sophos.com/en-us/2024/07/30/the-state-of-ransomware-in-healthcare-2024",
    2024,
)
_SOPHOS_2023 = (
    "Sophos, Active Adversary Report for Tech Leaders 2023: Active Directory reached in 16 h",
    "https://news.sophos.com/en-us/2023/08/23/ransomware-actors-log-on-when-you-log-off-heres-how-to-stop-them/",
    2023,
)
_SOPHOS_2025 = (
    "Sophos, Active Adversary Report 2025: Active Directory attempted in 11 h (3.4 h a year later)",
    "https://channelvisionmag.com/sophos-56-of-ir-mdr-cases-saw-log-in-not-break-in/",
    2025,
)
_M_TRENDS = (
    "Mandiant, M-Trends 2025, as summed up: ransomware seen after 6 days; 21% by stolen accounts, "
    "21% by exploits, 10% by a third party",
    "https://cybernexum.com/blog/cybersecurity-maturity-trends-2025",
    2025,
)
_M_TRENDS_DOORS = (
    "Mandiant, M-Trends 2025, as summed up: 14% of all intrusions begin by phishing, 33% by "
    "exploits, 16% by stolen accounts",
    "https://fir-risk-website.pages.dev/tuesday/best-of-e52-mandiant-m-trends-2025",
    2025,
)
_M_TRENDS_SEEN = (
    "Mandiant, M-Trends 2025, as summed up: 43% of intrusions are found from inside, 45% of all "
    "within a week",
    "https://cybernexum.com/blog/cybersecurity-maturity-trends-2025",
    2025,
)
_CROWDSTRIKE = (
    "CrowdStrike, Global Threat Report 2026: 29 min on average from one machine to the next, "
    "48 min a year before",
    "https://mine2.io/blog/2026-07-03-27-seconds-breakout-time/",
    2026,
)
_MFA = (
    "Meyer et al., How effective is multifactor authentication at deterring cyberattacks?: risk "
    "98.56% lower with leaked secrets, on accounts in the cloud (less is believed of a directory)",
    "https://arxiv.org/abs/2305.00945",
    2023,
)
_SPLUNK = (
    "Splunk SURGe: 100,000 files encrypted in 43 min by the median family, 4 min to 4 h",
    "https://www.splunk.com/en_us/blog/security/ransomware-encrypts-nearly-100-000-files-in-under-45-minutes.html",
    2022,
)
_MICROSOFT = (
    "Microsoft Digital Defense Report 2023: 80 to 90% of successful attacks come from unmanaged "
    "machines, 2% of attempts end in encryption",
    "https://cyber.vumetric.com/security-news/2023/10/05/byod-should-stand-for-bring-your-own-disaster-according-to-microsoft-ransomware-data",
    2023,
)
_SEGMENTS = (
    "Bishop Fox for Illumio: segmentation makes the way 3 to 9.5 times harder (paid by a vendor)",
    "https://bishopfox.com/blog/quantifying-micro-segmentation-impact",
    2020,
)
_CLAROTY = (
    "Claroty, State of CPS Security, Healthcare 2023: 13% of medical devices bear an agent, 14% "
    "run an unsupported system, 23% have a known exploited flaw",
    "https://healsecurity.com/only-13-of-medical-devices-support-endpoint-protection-agents",
    2023,
)
_DBIR = (
    "Verizon DBIR 2025 and 2026: 32 then 43 days to patch at the median",
    "https://www.preferreddata.com/blog/verizon-dbir-2026-remediation-paradox-patch-gap-smb-north-carolina",
    2026,
)
_LOCAL = (
    "Microsoft Defender for Identity: the same local administrator secret on every machine, what "
    "LAPS ends (the mechanism: the figure is a judgement)",
    "https://learn.microsoft.com/en-us/defender-for-identity/security-assessment-laps",
    2024,
)
_CONTAIN = (
    "CrowdStrike, Global Security Attitude Survey 2019: 31 h on average to contain what was found",
    "https://www.msspalert.com/news/breakout-time-crowdstrike",
    2019,
)
_CORBEIL = (
    "CH Sud-Francilien, attacked 21 August 2022: 80% of the systems back by 31 October",
    "https://banquedesterritoires.fr/apres-sa-cyberattaque-retour-une-activite-proche-de-la-normale-dans-le-centre-hospitalier-de",
    2022,
)
_CANNES = (
    "CH de Cannes, attacked 16 April 2024: first applications back after 8 days",
    "https://www.webtimemedias.com/article/cyberattaque-cannes-le-centre-hospitalier-simone-veil-en-convalescence",
    2024,
)
_HSE = (
    "HSE Ireland, attacked 14 May 2021: half of the servers within three weeks, the rest in three "
    "months, backups aside",
    "https://cambridge-risk.com/what-lessons-can-we-learn-from-the-conti-ransomware-attack-on-the-irish-hse/",
    2021,
)
_BREST = (
    "CHU de Brest, 9 March 2023: alert 20:33, cause found 20:56, Internet cut that evening",
    "https://www.whatsupdoc-lemag.fr/article/cyberattaque-au-chu-de-brest-le-pire-pu-etre-evite",
    2023,
)
_JUDGEMENT = ("Judgement of the authors", "", 2026)

_P, _F, _H = Unit.PROBABILITY, Unit.FACTOR, Unit.HOURS

PARAMETERS: tuple[Parameter, ...] = (
    # --- what needs what -----------------------------------------------------------------------
    Parameter("supplier_grace_h", 72, 0, 8760, _H, *_JUDGEMENT),
    Parameter("rank_unknown", 3, 1, 4, Unit.RANK, *_JUDGEMENT),
    Parameter("patients_unknown", 10, 0, 100_000, Unit.PATIENTS, *_JUDGEMENT),
    Parameter("rank_weight_1", 1, 0, 1000, _F, *_JUDGEMENT),
    Parameter("rank_weight_2", 2, 0, 1000, _F, *_JUDGEMENT),
    Parameter("rank_weight_3", 3, 0, 1000, _F, *_JUDGEMENT),
    Parameter("rank_weight_4", 4, 0, 1000, _F, *_JUDGEMENT),
    # --- how easily a machine falls to one that stands beside it -------------------------------
    Parameter("take_workstation", 0.30, 0, 1, _P, *_JUDGEMENT),
    Parameter("take_server", 0.25, 0, 1, _P, *_JUDGEMENT),
    Parameter("take_device", 0.23, 0, 1, _P, *_CLAROTY),
    Parameter("take_appliance", 0.10, 0, 1, _P, *_JUDGEMENT),
    Parameter("patched_within_days", 30, 1, 365, Unit.DAYS, *_DBIR),
    Parameter("patched_factor", 0.5, 0, 1, _F, *_JUDGEMENT),
    Parameter("unsupported_factor", 2.0, 1, 10, _F, *_JUDGEMENT),
    Parameter("edr_stops", 0.7, 0, 1, _P, *_MICROSOFT),
    Parameter("edr_coverage", 0.95, 0, 1, _P, *_JUDGEMENT),
    # --- how far the network lets it go --------------------------------------------------------
    Parameter("filtered_inside_factor", 0.25, 0, 1, _F, *_SEGMENTS),
    Parameter("flow_passes", 0.6, 0, 1, _P, *_JUDGEMENT),
    Parameter("undeclared_flow_passes", 0.05, 0, 1, _P, *_JUDGEMENT),
    Parameter("flat_network_passes", 0.9, 0, 1, _P, *_JUDGEMENT),
    Parameter("segmentation_stops", 0.8, 0, 1, _P, *_SEGMENTS),
    # --- how far stolen rights let it go -------------------------------------------------------
    Parameter("escalation_unknown", 0.6, 0, 1, _P, *_JUDGEMENT),
    Parameter("escalation_with_path", 0.5, 0, 1, _P, *_JUDGEMENT),
    Parameter("admin_secret_on_server", 0.05, 0, 1, _P, *_JUDGEMENT),
    Parameter("tiering_factor", 0.1, 0, 1, _F, *_JUDGEMENT),
    Parameter("admin_mfa_stops", 0.5, 0, 1, _P, *_MFA),
    Parameter("domain_deploys", 0.9, 0, 1, _P, *_JUDGEMENT),
    Parameter("escalation_beyond_audit", 0.1, 0, 1, _P, *_JUDGEMENT),
    Parameter("hypervisor_by_identity", 0.5, 0, 1, _P, *_JUDGEMENT),
    Parameter("application_by_identity", 0.05, 0, 1, _P, *_JUDGEMENT),
    Parameter("local_secret_shared", 0.4, 0, 1, _P, *_LOCAL),
    Parameter("local_secret_managed", 0.02, 0, 1, _P, *_LOCAL),
    Parameter("local_secret_works", 0.9, 0, 1, _P, *_LOCAL),
    Parameter("administers_used", 0.7, 0, 1, _P, *_JUDGEMENT),
    Parameter("hypervisor_encrypts", 0.9, 0, 1, _P, *_JUDGEMENT),
    # --- suppliers -----------------------------------------------------------------------------
    Parameter("supplier_to_access", 0.7, 0, 1, _P, *_JUDGEMENT),
    Parameter("access_used", 0.6, 0, 1, _P, *_JUDGEMENT),
    Parameter("access_on_demand_factor", 0.5, 0, 1, _F, *_JUDGEMENT),
    Parameter("access_mfa_factor", 0.4, 0, 1, _F, *_JUDGEMENT),
    Parameter("bastion_stops", 0.8, 0, 1, _P, *_JUDGEMENT),
    # --- backups -------------------------------------------------------------------------------
    Parameter("backup_taken", 0.63, 0, 1, _P, *_SOPHOS_CARE),
    Parameter("backup_own_identity_factor", 0.3, 0, 1, _F, *_JUDGEMENT),
    # --- time ----------------------------------------------------------------------------------
    Parameter("lateral_median_h", 0.8, 0.25, 72, _H, *_CROWDSTRIKE),
    Parameter("lateral_p90_h", 8, 0.25, 240, _H, *_JUDGEMENT),
    Parameter("escalation_median_h", 11, 0.25, 240, _H, *_SOPHOS_2025),
    Parameter("escalation_p90_h", 72, 0.25, 1000, _H, *_SOPHOS_2023),
    Parameter("launch_median_h", 96, 0.25, 1000, _H, *_M_TRENDS),
    Parameter("launch_p90_h", 336, 0.25, 2500, _H, *_JUDGEMENT),
    Parameter("launch_without_domain", 0.5, 0, 1, _P, *_JUDGEMENT),
    Parameter("rollout_median_h", 0.5, 0.25, 72, _H, *_JUDGEMENT),
    Parameter("rollout_p90_h", 4, 0.25, 240, _H, *_JUDGEMENT),
    Parameter("encryption_h", 0.75, 0, 72, _H, *_SPLUNK),
    # --- how it is seen and stopped ------------------------------------------------------------
    Parameter("noise_median_h", 48, 0.25, 1000, _H, *_M_TRENDS_SEEN),
    Parameter("noise_p90_h", 240, 0.25, 2500, _H, *_JUDGEMENT),
    Parameter("sensor_bare", 0.1, 0, 1, _P, *_JUDGEMENT),
    Parameter("sensor_edr", 0.43, 0, 1, _P, *_M_TRENDS_SEEN),
    Parameter("sensor_watched", 0.8, 0, 1, _P, *_JUDGEMENT),
    Parameter("sensor_identity", 0.1, 0, 1, _P, *_JUDGEMENT),
    Parameter("touched", 0.05, 0, 1, _P, *_JUDGEMENT),
    Parameter("notice_h", 24, 0, 1000, _H, *_JUDGEMENT),
    Parameter("contain_h", 31, 0, 1000, _H, *_CONTAIN),
    Parameter("notice_watched_h", 1, 0, 1000, _H, *_BREST),
    Parameter("contain_fast_h", 2, 0, 1000, _H, *_BREST),
    Parameter("leak", 0.02, 0, 1, _P, *_JUDGEMENT),
    # --- how care comes back -------------------------------------------------------------------
    Parameter("return_reinstalled_h", 96, 0, 8760, _H, *_JUDGEMENT),
    Parameter("return_offline_h", 336, 0, 8760, _H, *_CANNES),
    Parameter("return_backup_h", 504, 0, 8760, _H, *_HSE),
    Parameter("return_rebuilt_h", 1680, 0, 17_520, _H, *_CORBEIL),
    # --- by which door it comes, when any is asked for -----------------------------------------
    Parameter("entry_phishing", 0.14, 0, 1, _P, *_M_TRENDS_DOORS),
    Parameter("entry_exposed", 0.21, 0, 1, _P, *_M_TRENDS),
    Parameter("entry_account", 0.55, 0, 1, _P, *_M_TRENDS),
    Parameter("entry_supplier", 0.10, 0, 1, _P, *_M_TRENDS),
)  # fmt: skip
