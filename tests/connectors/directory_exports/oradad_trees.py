"""Small ORADAD trees, written cell by cell as the tool writes them."""

from pathlib import Path

SID = "S-1-5-21-1-2-3"
BASE = "DC=hop,DC=fr"
Rows = list[dict[str, str]]


def make_tree(
    root: Path,
    tables: dict[str, Rows],
    *,
    base: str = "hop.fr_20260430-120000",
    encoding: str = "utf-16-le",
    bom: str = "\ufeff",
) -> Path:
    """One capture: every table has the columns that its rows name, `dn` first.

    Args:
        root: folder of the capture.
        tables: rows by path without extension, `/` between names.
    """
    lines = [base]
    for path, rows in tables.items():
        columns = ["dn", *dict.fromkeys(name for row in rows for name in row if name != "dn")]
        table = "\\".join(path.split("/"))
        names = "\t".join(f"{name}\tnvarchar(4000)" for name in columns)
        title = path.replace("/", "_")
        lines.append(f"{table}.tsv\t{title}\t{title}\t{len(columns)}\t{names}")
        text = "".join("\t".join(row.get(name, "") for name in columns) + "\r\n" for row in rows)
        file = root / f"{path}.tsv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((bom + text).encode(encoding, "surrogatepass"))
    (root / "tables.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def root_row(**values: str) -> dict[str, str]:
    """The root of the domain."""
    return {"dn": BASE, "objectSid": SID, **values}


def account(name: str, rid: int, **values: str) -> dict[str, str]:
    """A user."""
    return {
        "dn": f"CN={name},CN=Users,{BASE}",
        "sAMAccountName": name,
        "objectSid": f"{SID}-{rid}",
        **values,
    }


def host(name: str, rid: int, **values: str) -> dict[str, str]:
    """A computer."""
    return {
        "dn": f"CN={name},CN=Computers,{BASE}",
        "sAMAccountName": f"{name}$",
        "objectSid": f"{SID}-{rid}",
        "dNSHostName": f"{name.lower()}.hop.fr",
        **values,
    }


def guid(number: int) -> str:
    """A GUID."""
    return f"00000000-0000-4000-8000-{number:012d}"


def top(dn: str, classes: str, number: int, **values: str) -> dict[str, str]:
    """A row of `top.tsv`."""
    return {"dn": dn, "objectClass": f"top;{classes}", "objectGUID": guid(number), **values}
