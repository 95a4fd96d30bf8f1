"""Kernels can be compiled ahead, and their kept machine code is never out of date."""

import ast
from pathlib import Path

from hygie.engines.dependency import kernels
from hygie.engines.dependency.warm import compile_all


def test_a_kernel_calls_kernels_of_its_own_file_only() -> None:
    # Kept machine code of a caller would outlive a change in another file.
    for path in Path(kernels.__path__[0]).glob("*.py"):
        imported = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert imported <= {"hygie.engines.graph.compiled", "hygie.engines.dependency.types"}, path


def test_everything_can_be_compiled_ahead() -> None:
    compile_all()
