"""Where does a test get an instance that has its tables, without each migration once more?

From a copy of the tables of the tests, taken before any test writes a row.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from psycopg import sql


@dataclass(frozen=True)
class Laid:
    """Tables as the migrations leave them: a file of SQLite, or a database of a server."""

    file: Path
    server: str = ""
    database: str = ""

    def lay(self, home: Path) -> None:
        """Give them to an instance of SQLite."""
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.file, home / "hygie.sqlite3")


@contextmanager
def tables_kept(folder: Path, server: str) -> Iterator[Laid]:
    """Copy the tables of the tests as they are now.

    Args:
        folder: where the file of SQLite goes. server: address of PostgreSQL, or nothing.
    """
    connection.ensure_connection()
    if not server:
        file = folder / "tables.sqlite3"
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        yield Laid(file)
        return
    source = str(connection.settings_dict["NAME"])
    # PostgreSQL copies a database that nobody is connected to.
    connection.close()
    with postgresql_database(server, source) as copied:
        yield Laid(folder, server, urlsplit(copied).path.lstrip("/"))


@contextmanager
def postgresql_database(server: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on a server, as a copy of another; dropped at the end."""
    parts = urlsplit(server)
    name = sql.Identifier(f"hygie_{uuid.uuid4().hex[:12]}")
    model = sql.Identifier(template)
    admin = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as session:
        session.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, model))
        try:
            yield urlunsplit(parts._replace(path="/" + name.as_string(session).strip('"')))
        finally:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
