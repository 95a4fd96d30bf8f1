"""The house keeps its shape: arrows, sizes, where rows are touched, nothing foreign committed."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = REPOSITORY / "src" / "hygie"
LONGEST = 400
# Where rows may be touched; elsewhere a selector or a service is called. A job backend is a store.
ROWS = {"selectors", "services", "bridge", "models", "migrations", "backends"}
# They know no Django (contract "pure"): what they call objects are those of a directory.
ROWLESS = {"engines", "connectors"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}
# What pages may need of the whole text of a tracked file to stay ours.
FOREIGN = re.compile(r"\.min\.(js|css)$|(^|/)(node_modules|vendor)/|\.(so|whl|jar|exe|mo|woff2?)$")
UNSPOKEN = re.compile(r"\b(chatgpt|claude|copilot|anthropic|openai|llm|ai[- ]generated)\b", re.I)


def tracked() -> list[str]:
    git = shutil.which("git")
    if git is None or not (REPOSITORY / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run([git, "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if (REPOSITORY / name).is_file()]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_the_arrows_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_no_file_is_past_its_size() -> None:
    long = {
        name: count
        for name in tracked()
        if name.endswith((".py", ".html", ".css", ".js"))
        and "migrations" not in name
        and (count := (REPOSITORY / name).read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert not long


def test_no_file_is_a_drawer() -> None:
    assert not [
        name for name in tracked() if FORBIDDEN_NAMES & set(Path(name).with_suffix("").parts)
    ]


def test_rows_are_touched_by_selectors_services_and_bridges_alone() -> None:
    found = []
    for path, tree in modules():
        parts = path.with_suffix("").relative_to(SOURCES).parts
        if ROWS & set(parts) or parts[0] in ROWLESS:
            continue
        found += [
            f"{path.relative_to(SOURCES)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
        ]
    assert not found


def test_templates_touch_no_row() -> None:
    templates = [p for p in SOURCES.rglob("*.html") if ".objects" in p.read_text(encoding="utf-8")]
    assert not templates


def test_no_import_hides_inside_a_function() -> None:
    found = []
    for path, tree in modules():
        for outer in ast.walk(tree):
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{path.relative_to(SOURCES)}:{node.lineno}"
                    for node in ast.walk(outer)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert not found


def test_every_module_opens_with_its_question() -> None:
    silent = [
        str(path.relative_to(SOURCES))
        for path, tree in modules()
        if path.name != "__init__.py" and not ast.get_docstring(tree)
    ]
    assert not silent


def test_no_template_carries_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(\bsrc=|type=\"application/json\"))", re.I
    )
    found = [
        f"{path.relative_to(SOURCES)}: {match.group(0)}"
        for path in SOURCES.rglob("*.html")
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_nothing_foreign_or_built_is_committed() -> None:
    assert not [name for name in tracked() if FOREIGN.search(name)]


def test_no_machine_path_no_registry_and_no_author_tool_is_named() -> None:
    # A registry address in a lock file would break the install of everyone else.
    machine = re.compile(r"/work/main|/tmp/uvenv|/root/\.|\"resolved\":")
    found = []
    for name in tracked():
        if name == Path(__file__).relative_to(REPOSITORY).as_posix():
            continue
        try:
            text = (REPOSITORY / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if machine.search(text) or UNSPOKEN.search(text):
            found.append(name)
    assert not found
