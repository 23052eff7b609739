"""The style sheet: contrast of its colours, and that only tokens hold colours."""

import re

import pytest

from adapters.inbound.http.static_files import files

SHEET = files()["attain.css"].decode()
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", SHEET.split("@media")[0]))
TEXT, CONTROL = 4.5, 3.0

TEXT_PAIRS = [
    *[(ink, paper) for ink in ("ink", "ink-2") for paper in ("surface", "surface-2", "surface-3")],
    ("brand-strong", "surface"),
    ("brand-strong", "surface-2"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("ink", "brand-tint"),
    *[(kind, f"{kind}-tint") for kind in ("ok", "warn", "bad")],
    ("bad", "surface"),
    ("on-brand", "level-top"),
    ("on-brand", "level-met"),
    *[(f"level-{one}", f"level-{one}-tint") for one in ("top", "met", "below", "low", "none")],
]
CONTROL_PAIRS = [
    *[(one, paper) for one in ("line-strong", "brand") for paper in ("surface", "surface-2")],
]


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    whole = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    shares = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    darker, lighter = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_can_be_read(ink: str, paper: str) -> None:
    assert contrast(ink, paper) >= TEXT


@pytest.mark.parametrize(("edge", "paper"), CONTROL_PAIRS)
def test_controls_and_focus_can_be_seen(edge: str, paper: str) -> None:
    assert contrast(edge, paper) >= CONTROL


def test_only_tokens_hold_colours() -> None:
    tokens = SHEET[SHEET.index("@layer tokens {") : SHEET.index("@layer base {")]
    rest = SHEET.replace(tokens, "")

    assert re.findall(r"#[0-9a-f]{3,8}\b", rest) == []


def test_sides_are_logical_so_that_right_to_left_works() -> None:
    sided = r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|\b(?:left|right): "

    assert re.findall(sided, SHEET) == []


@pytest.mark.parametrize(
    "need", ["forced-colors: active", "prefers-contrast: more", "prefers-reduced-motion", "print"]
)
def test_special_needs_are_styled(need: str) -> None:
    assert f"@media ({need}" in SHEET or f"@media {need}" in SHEET
