"""Why something cannot be sent or brought over, each with its sentence and its cure.

The keys are the `reason` of `LmsRefused`, of a `Delivery`, of a line of a synchronisation or an
import, and of whatever stands still because of it.
"""

from application.errors import Invalid, LmsError, LmsRecordMissing, LmsRefused, LmsUnauthorised

_GRADES: dict[str, str] = {
    "refused": "Canvas refused the grade without a reason that we know. Try it in Canvas itself.",
    "unpublished": "The Canvas assignment is not published. Publish it, then send again.",
    "moderated": "The assignment is being moderated. The final grader releases grades in Canvas.",
    "anonymous": "The assignment is graded anonymously. Switch that off in Canvas, then send.",
    "closed-period": "The grading period is closed. A Canvas administrator can reopen it.",
    "no-right": "You lack the right for this in Canvas. Ask the teacher or an administrator.",
    "no-scope": "The developer key lacks a scope that Attain needs. Ask the Canvas administrator.",
    "not-enrolled": "The student is not enrolled in the Canvas course.",
    "not-active": "The student's enrolment in Canvas has ended, so no grade can be given.",
    "not-applicable": "The assignment is not assigned to this student in Canvas.",
    "no-points": "The Canvas assignment has no points. Give it points there, then send again.",
    "scheme-unsupported": "This grading scheme takes no number from Attain. Use points or percent.",
    "not-graded": "The Canvas assignment is set to be not graded.",
    "assignment-missing": "The Canvas assignment was deleted. Link another one.",
    "excused": "The student is excused in Canvas. Choose the student to grade all the same.",
    "changed-there": "The grade was changed in Canvas since the last send. Confirm to replace it.",
    "graded-there": "Canvas shows a grade that did not come from here. Confirm to replace it.",
    "no-score": "Canvas took the call but shows no number. Check the grade in Canvas.",
    "differs": "Canvas shows another number than was sent. Check the grade in Canvas.",
    "not-read-back": "Canvas may have taken it, but could not be asked for it yet. Check again.",
    "incomplete": "A row is blank, so there is no recommended score. Finish it or give a grade.",
    "not-scored": "Every row is N/A, so there is no score to send. Give a grade to send one.",
    "unauthorised": "Canvas asks for your authorization again. Press Authorize to go on.",
    "not-connected": "No Canvas site is set up for this assignment. Ask your Data Steward.",
    "unavailable": "Canvas did not answer. Nothing is lost; it is tried again or can be.",
    "bulk-broken": "Canvas stopped part-way through the grades. This one is not there.",
}
_OUTCOMES: dict[str, str] = {
    "not-editable": "The outcome belongs to another account. Choose the account that owns it.",
    "assessed-scale": (
        "Students were assessed on it in Canvas, so its ratings cannot change. Give the SLO a new "
        "version: it becomes a new outcome and the results stay with the old one."
    ),
    "assessed-since": "Students were assessed on it since, so it stays as it is.",
    "aligned": "A rubric in Canvas uses it. Take it off the rubric there, then send again.",
    "superseded": "A newer version of the SLO took its place.",
    "no-destination": (
        "No Canvas account is paired with its org. Pair one, or choose the destination."
    ),
    "no-threshold": "No level of its scale meets the threshold, so it could never be mastered.",
    "row-refused": "Canvas refused this row of the import.",
    "not-arrived": "Canvas took the import, but the outcome is not there. Send again.",
    "mastery-scales": (
        "Account-level mastery scales are on in Canvas: it shows its own scale and calculation "
        "instead of ours. Switch the feature off, or set the same scale there."
    ),
    "doubled": (
        "Canvas shows it twice under our name. Remove in Canvas the one that no rubric uses."
    ),
    "same-name": "Something of the same name is there already and is not ours.",
    "stripped-includes": (
        "The developer key does not allow include parameters, so rubric scores stay away. Switch "
        "them on in the key."
    ),
    "right-lost": (
        "The right to manage outcomes in this account was taken away. Give it back in Canvas, or "
        "let another administrator authorize."
    ),
    "revoked": "The account authorization was given up here. Press Authorize to give it again.",
    "administers-none": (
        "You administer no account in Canvas. Ask a Canvas administrator to authorize."
    ),
    "outcome-not-in-course": "The outcomes are not in this course yet. Send them first.",
    "rubric-used": (
        "Students were rated on the rubric that the assignment has, so it stays. Choose another "
        "assignment."
    ),
}
_IMPORTS: dict[str, str] = {
    "comment-only": "The grader wrote a comment and chose no rating.",
    "no-such-rating": "The points are below the lowest rating of the rubric.",
    "scale-differs": "The rating has no level here that means the same. Score it here.",
    "not-matched": "Nobody here matches this Canvas user. The matching queue has the case.",
    "not-in-section": "This student is not enrolled in the section.",
    "dropped": "The student dropped the section. Scores that stand here from before stay.",
    "not-posted": "The grade is not posted in Canvas yet. Post it there, then import again.",
    "teaches-none": "You teach no course in Canvas. Ask a Canvas administrator to enrol you.",
    "course-missing": "The Canvas course is not there any more. Choose another one.",
    "no-rubric": "No assignment of the course has a rubric that fits this assessment.",
}
REFUSALS: dict[str, str] = _GRADES | _OUTCOMES | _IMPORTS
_FOR_OUTCOMES: dict[str, str] = {
    "refused": "Canvas refused the outcome without a reason that we know. Try it in Canvas itself.",
    "no-right": (
        "The right to manage or to import outcomes is missing there. A Canvas administrator can "
        "give it."
    ),
    "unauthorised": "No authorization is left that holds there. Authorize to go on.",
    "unavailable": "Canvas did not answer. Try again in a moment.",
    "not-asked": "The list goes over many Canvas accounts, so it stands on our own records.",
    "changed-there": "It was changed in Canvas since it was sent. Confirm to replace it.",
    "not-read-back": "Canvas may have taken it, but could not be asked yet. Send again to look.",
    "differs": "Canvas shows it otherwise than it was sent. Look at the plan to see where.",
    "place-missing": "The account or course is not there any more. Choose another destination.",
    "not-supported": "This LMS takes no outcomes from Attain.",
}
"""What the same reasons mean where outcomes are sent; all others mean the same everywhere."""


def sentence(reason: str) -> str:
    return REFUSALS.get(reason, REFUSALS["refused"])


def outcome_sentence(reason: str) -> str:
    """Why an outcome cannot be sent, or a place of outcomes not be asked."""
    return _FOR_OUTCOMES.get(reason) or REFUSALS.get(reason, _FOR_OUTCOMES["refused"])


def why_unread(error: LmsError | Invalid) -> str:
    """The reason (application.refusals) why the LMS could not be asked."""
    match error:
        case LmsRecordMissing():
            return "assignment-missing"
        case LmsRefused():
            return error.reason
        case LmsUnauthorised():
            return "unauthorised"
        case LmsError():
            return "unavailable"
        case _:
            return "not-connected"
