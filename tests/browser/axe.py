"""What axe finds on a page: violations, and contrast that it could not judge."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
    "preload": False,  # only a rule on orientation reads the style sheets; they name none
}
_RUN = """options => axe.run(options).then(found => [
    found.violations, found.incomplete.filter(rule => rule.id === 'color-contrast')])"""
"""What passes is left in the browser: it is most of the report."""
UNJUDGED = {
    "shortTextContent": "the number of a cell; its colours are checked as tokens",
    "bgGradient": "the hatch behind N/A, whose lines are 5:1 against the text",
}
DRAWN = ("<text ", "<tspan ")
"""Text of a chart, whose paper axe cannot tell; `test_tokens_of_style` compares the colours."""
OVERLAID = {
    "elmPartiallyObscuring": "text of two lines over the page: axe sees the page below it",
    "elmPartiallyObscured": "a table that scrolls in its own box on a narrow page",
}


def problems(page: Page, *, overlaid: bool = False) -> list[str]:
    """Violations, and contrast that axe could not judge for another reason than those above."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    violations, contrast = page.evaluate(_RUN, _OPTIONS)
    excused = {*UNJUDGED, *(OVERLAID if overlaid else ())}
    seen = [(rule["id"], node["html"]) for rule in violations for node in rule["nodes"]]
    unsure = [
        (check["data"].get("messageKey"), node["html"])
        for rule in contrast
        for node in rule["nodes"]
        for check in node["any"]
        if check["data"].get("messageKey") not in excused and not node["html"].startswith(DRAWN)
    ]
    return [f"{rule}: {html}" for rule, html in (*seen, *unsure)]
