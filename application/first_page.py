"""The page that a person begins on, by role."""

from domain.access import Right, Role, may

START = "/"
_PLACES = (
    (Right.TEACH, "/home"),
    (Right.SCORE, "/scoring"),
    (Right.SEE_OWN_RESULTS, "/mine"),
    (Right.RUN_SYSTEM, "/loads"),
    (Right.KEEP_OUTCOMES, "/calendar"),
)


def first_page(role: Role) -> str:
    """`START` for a role without a place of its own."""
    return next((path for right, path in _PLACES if may(role, right)), START)
