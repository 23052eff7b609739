"""The colour of the chip for each state of a DLA; the word stands beside it."""

from domain.dla import DlaState

TONES = {
    DlaState.ASSIGNED: "none",
    DlaState.STARTED: "none",
    DlaState.HANDED_IN: "below",
    DlaState.ACCEPTED: "ok",
    DlaState.RETURNED: "warn",
    DlaState.OVERDUE: "bad",
}
