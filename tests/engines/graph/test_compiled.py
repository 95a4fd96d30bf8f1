"""Kernels compile wherever the program stands."""

import ast
from pathlib import Path

import numba
import pytest

from hygie.engines.graph import compiled, kernels
from hygie.engines.graph.warm import compile_all


def test_a_kernel_is_compiled_in_memory_where_no_folder_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refusing(*, cache: bool = False, **options: bool) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(**options)

    monkeypatch.setattr(compiled, "_njit", refusing)
    assert compiled.compiled(lambda number: number + 1)(1) == 2


def test_a_kernel_calls_kernels_of_its_own_file_only() -> None:
    # Kept machine code of a caller would outlive a change in another file.
    for path in Path(kernels.__path__[0]).glob("*.py"):
        imported = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert imported <= {
            "typing", "hygie.engines.graph.compiled", "hygie.engines.graph.types",
        }, path  # fmt: skip


def test_everything_can_be_compiled_ahead() -> None:
    compile_all()
