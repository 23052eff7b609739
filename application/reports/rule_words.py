"""The privacy rules in the words that stand on every report and in every file of one."""

from domain.privacy.group import PrivacyRule

OWN_SECTIONS = "These are results of the sections that you teach, in which nothing is withheld."
ONCE = (
    "A student counts once for each SLO and term, with the latest result. N/A and blank do not"
    " count, and only summative assessments do."
)
TOGETHER = (
    "Where subtraction would tell what is withheld, others are withheld with it. Withheld"
    " results are in no total, unless at least three courses can be counted together."
)


def rule_words(rule: PrivacyRule, *, own_sections: bool) -> tuple[str, ...]:
    """One sentence or two each; the first says what is withheld."""
    if own_sections:
        return OWN_SECTIONS, ONCE
    said = []
    if rule.least > 1:
        said.append(
            f"Results of fewer than {rule.least} students are withheld,"
            " so that nobody can be recognised."
        )
    if rule.masks_single_sections:
        said.append(
            "Results of a course with a single section are withheld, since they are those of one"
            " instructor."
        )
    return (*said, TOGETHER, ONCE) if said else ("Nothing is withheld in this college.", ONCE)
