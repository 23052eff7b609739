"""Why a grade cannot be sent, each with its sentence and its cure.

The keys are the `reason` of `LmsRefused` and of a `Delivery`.
"""

REFUSALS: dict[str, str] = {
    "refused": "Canvas refused the grade without a reason that we know. Try it in Canvas itself.",
    "unpublished": "The Canvas assignment is not published. Publish it, then send again.",
    "moderated": "The assignment is being moderated. The final grader releases grades in Canvas.",
    "anonymous": "The assignment is graded anonymously. Switch that off in Canvas, then send.",
    "closed-period": "The grading period is closed. A Canvas administrator can reopen it.",
    "no-right": "You may not grade in this Canvas course. Ask its teacher or an administrator.",
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
    "not-read-back": "Canvas took the grade but could not be asked for it yet. Check again.",
    "incomplete": "A row is blank, so there is no recommended score. Finish it or give a grade.",
    "not-scored": "Every row is N/A, so there is no score to send. Give a grade to send one.",
    "unauthorised": "Canvas asks for your authorization again. Press Authorize to go on.",
    "not-connected": "No Canvas site is set up for this assignment. Ask your Data Steward.",
    "unavailable": "Canvas did not answer. The grade waits and is tried again.",
    "bulk-broken": "Canvas stopped part-way through the grades. This one is not there.",
}


def sentence(reason: str) -> str:
    return REFUSALS.get(reason, REFUSALS["refused"])
