"""What `attain demo` tells of itself: to people, and to scripts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application.use_cases.lms.consumer_keys import Credentials
from sandbox.college import STEWARD, College, ready_people


@dataclass(frozen=True, slots=True)
class Demo:
    """What is running, and what a person or a script needs to use it."""

    attain: str
    canvas: str
    credentials: Credentials
    college: College
    seed: dict[str, Any]
    sign_in: str
    folder: Path
    settings: dict[str, str]
    """The `ATTAIN_*` variables with which commands in another terminal reach this demo."""

    def as_json(self) -> str:
        """One line for scripts; the shape is a fixed interface."""
        courses = self.seed["courses"]
        return json.dumps(
            {
                "attain": self.attain,
                "canvas": self.canvas,
                "consumer_key": self.credentials.key,
                "shared_secret": self.credentials.secret,
                "people": ready_people(self.college),
                "courses": [
                    {"id": c["id"], "name": c["name"], "code": c["course_code"]} for c in courses
                ],
                "assignments": [
                    {"course_id": c["id"], "id": a["id"], "name": a["name"]}
                    for c in courses
                    for a in c["assignments"]
                ],
                "steward_sign_in": self.sign_in,
                "settings": self.settings,
            },
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """Addresses, what to try, and how commands reach it."""
        people = ready_people(self.college)
        teacher, other = [one for one in people if one["role"] == "teacher"][:2]
        settings = " ".join(f"{name}={value}" for name, value in self.settings.items())
        return (
            f"\n  Practice Canvas  {self.canvas}\n"
            f"  Attain           {self.attain}\n\n"
            "  Score in Attain, grades in Canvas\n"
            f"  1. Open the practice Canvas and sign in as {teacher['name']} (teacher).\n"
            "  2. Open a course and an assignment; press Authorize, then link an assessment.\n"
            "  3. Score three students on the rubric or the scorecard.\n"
            "  4. Send scores, then look at Grades in the practice Canvas.\n\n"
            "  Outcomes to Canvas, scores back\n"
            f"  5. Sign in to the practice Canvas as {STEWARD.name} (administrator) in another\n"
            "     browser; then open the Data Steward's pages (this address works once):\n"
            f"     {self.sign_in}\n"
            "  6. Canvas, practice: Authorize; Accounts and orgs: Accept all suggestions; then\n"
            "     Outcomes, Outcomes in Canvas, CSLO Synchronization, Send Outcomes.\n"
            f"  7. As {other['name']} (teacher), open an assessment: Outcomes in Canvas, Send\n"
            "     Outcomes, then Put the rubric on an assignment. In the practice Canvas choose\n"
            "     levels in that assignment's SpeedGrader; in Attain press Import LMS scores.\n\n"
            f"  Commands in another terminal: export {settings}\n"
            f"  Logs and database: {self.folder}. Press Ctrl-C to stop and remove everything.\n"
        )
