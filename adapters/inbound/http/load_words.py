"""What a load says, in the words of its pages: the cures name options of the command."""

from adapters.inbound.files.packages import PACKAGE_KINDS

_AGAIN = "send the file again with “{}” chosen"
_ON_PAGES = {
    "raise --max-removals": "say below how much may end",
    "load with --rekey": _AGAIN.format("The student system made its ids anew"),
    "load with --move-sections": _AGAIN.format("Also move sections that hold assessments"),
    **{
        f"use attain load {kind.name}": f"send the file again as “{kind.label}”"
        for kind in PACKAGE_KINDS.values()
    },
}


def on_pages(text: str) -> str:
    """A cause or reason, where it was stored as the command says it."""
    for command, page in _ON_PAGES.items():
        text = text.replace(command, page)
    return text
