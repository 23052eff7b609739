"""docs/scopes.md is what a Canvas administrator copies; it lists what we ask for."""

from pathlib import Path

from adapters.outbound.canvas.scopes import SCOPES

DOCUMENT = Path(__file__).parents[3] / "docs" / "scopes.md"


def test_the_document_lists_the_scopes_that_are_asked_for() -> None:
    listed = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("url:")]
    assert listed == list(SCOPES)
