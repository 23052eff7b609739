"""Charts of reports as drawings that stand alone, for documents."""

from collections.abc import Sequence

from markupsafe import Markup

from adapters.inbound.http.pages import environment
from application.ports.documents import Picture
from application.reports.improvement_report import STAGES, ImprovementLine
from application.reports.table import ReportTable

MOST_BARS = 25
"""A longer report has its numbers only: a drawing is not broken over pages."""
_FONT = "Source Sans Pro, sans-serif"
_STAGE_COLOURS = ("green", "blue", "yellow", "grey")
"""Of the stages in their order, as the template draws them; a bar leaves out empty ones."""
STYLE = (
    f"text{{font-family:{_FONT};font-size:13px;fill:#273540}}"
    ".quiet{fill:#4a5b68}.name,.value{font-weight:700}.name .quiet{font-weight:400}"
    ".value.on-fill{fill:#fff}.value.halo{stroke:#fff;stroke-width:3px;paint-order:stroke}"
    ".line{stroke:#d3dae0;fill:none}.hatch{stroke:#fff;stroke-width:2;stroke-opacity:.55}"
    ".paper{fill:#fff}.withheld{stroke:#73818c}"
    ".tint.below{fill:#dba53a}.tint.low{fill:#d2644c}.tint.none{fill:#9aa6b0}"
    ".top.met-level{fill:#0b5d8a}.met.met-level{fill:#0e6b40}"
    ".target{stroke:#273540;stroke-width:2.5}"
)
"""The tokens of the style sheet, which does not reach a document; a test compares them."""


def picture_of(table: ReportTable) -> Picture | None:
    """None without lines to draw, and where there are too many for one page."""
    if table.plans:
        return _plans(table.plans, table.plans_title)
    if not table.bars or len(table.bars) > MOST_BARS:
        return None
    said = ", ".join(one.name for one in reversed(table.levels))
    target = "; the mark is the target" if any(bar.target for bar in table.bars) else ""
    caption = f"Share of students at each level, from the left: {said}{target}"
    svg = _drawn("distribution_svg", table.bars, caption)
    return Picture(svg, caption, f"{caption}. The numbers stand in the table.")


def _plans(lines: Sequence[ImprovementLine], title: str) -> Picture:
    """The numbers of the table go by org too, so those of the terms are told in words."""
    legend = (
        f"{stage.name.lower()} ({colour})"
        for stage, colour in zip(STAGES, _STAGE_COLOURS, strict=True)
    )
    caption = f"{title}, from the left: {'; '.join(legend)}"
    told = "; ".join(
        f"{line.term}: {line.opened} opened, "
        + ", ".join(f"{count} {stage.name.lower()}" for stage, count in line.stages)
        for line in lines
    )
    return Picture(_drawn("plans_svg", lines, caption), caption, f"{caption}. {told}.")


def _drawn(macro: str, lines: Sequence[object], caption: str) -> str:
    """A drawing with its colours within."""
    charts = environment().get_template("chart-macros.html").make_module()
    style = Markup("<style>{}</style>").format(STYLE)
    return str(getattr(charts, macro)(lines, caption, "chart", style, "860"))
