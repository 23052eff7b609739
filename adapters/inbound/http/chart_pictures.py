"""Charts of reports as drawings that stand alone, for documents."""

from markupsafe import Markup

from adapters.inbound.http.pages import environment
from application.ports.documents import Picture
from application.reports.table import ReportTable

MOST_BARS = 25
"""A longer report has its numbers only: a drawing is not broken over pages."""
_FONT = "Source Sans Pro, sans-serif"
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
    if not table.bars or len(table.bars) > MOST_BARS:
        return None
    charts = environment().get_template("chart-macros.html").make_module()
    said = ", ".join(one.name for one in reversed(table.levels))
    target = "; the mark is the target" if any(bar.target for bar in table.bars) else ""
    caption = f"Share of students at each level, from the left: {said}{target}"
    style = Markup("<style>{}</style>").format(STYLE)
    svg = str(charts.distribution_svg(table.bars, caption, "chart", style, "860"))  # type: ignore[attr-defined] # a macro of the template
    return Picture(svg, caption, f"{caption}. The numbers stand in the table.")
