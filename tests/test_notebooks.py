"""The notebooks run from the first cell to the last, with a model and without, and are committed bare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from scanner.findings import CATEGORY_NAMES, Category

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def executed(notebook: Any) -> str:
    """All that a reader sees under the cells."""
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = [output.get("text") or output.get("data", {}) for output in outputs]
    return "\n".join(text if isinstance(text, str) else "\n".join(map(str, text.values())) for text in shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    for cell in read(path).cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.slow
@pytest.mark.parametrize("model", ["as installed", "without"])
def test_notebooks_error_analysis_shows_figures_errors_and_words(model: str) -> None:
    notebook = read(FOLDER / "error_analysis.ipynb")
    if model == "without":
        (switch,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ())]
        switch.source = "WITH_MODEL = False"
    shown = executed(notebook)
    assert all(name in shown for name in CATEGORY_NAMES.values())
    assert "【没想到的说法，只用词库】" in shown
    assert "漏报  unforeseen-" in shown
    assert all(category.value in shown for category in Category)
    assert ("没有模型，略过。" in shown) == ("【没想到的说法，词库和模型】" not in shown)
    assert model != "without" or "没有模型，略过。" in shown
