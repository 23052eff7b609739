"""A teacher who works with the practice Canvas' API and Attain's commands."""

from typing import Any

import httpx

from entrypoints.demo import Demo
from sandbox.college import ready_people
from tests.attain_command import told
from tests.browsing_by_http import Reader, arrived

Given = dict[str, tuple[int, ...]]
"""Points by Tech ID, criterion by criterion."""


class Teacher:
    """Signed in with Canvas and authorised; acts in Canvas by the ready token."""

    def __init__(self, demo: Demo, client: httpx.Client, login: str, course: str) -> None:
        self.demo = demo
        me = next(one for one in ready_people(demo.college) if one["login"] == login)
        self.tech_id = me["tech_id"]
        self.bearer = {"Authorization": f"Bearer {me['canvas_token']}"}
        row = next(c for c in demo.seed["courses"] if c["course_code"].startswith(course))
        self.course, self.title = row["id"], row["course_code"]
        self.reader: Reader = arrived(demo, client, login)
        self.reader.open("/sign-in")
        self.reader.follow("Sign in with Canvas")
        self.reader.press("Authorize")
        self.reader.open("/authorise")
        self.reader.press("Authorize")
        self.reader.press("Authorize")

    def canvas(self, method: str, path: str, body: object = None) -> Any:
        url = f"{self.demo.canvas}/api/v1/{path}"
        answer = httpx.request(
            method, url, json=body, headers=self.bearer, timeout=30, follow_redirects=True
        )
        assert answer.is_success, (path, answer.text)
        return answer.json()

    def assignment(self, name: str) -> Any:
        rows = self.canvas("GET", f"courses/{self.course}/assignments?per_page=100")
        return next(one for one in rows if one["name"] == name)

    def grade(self, assignment: str, *given: tuple[int, ...]) -> Given:
        """Rate the first students of the class on the assignment's rubric."""
        row = self.assignment(assignment)
        graded: Given = {}
        for (user_id, tech_id), points in zip(self._students(), given, strict=False):
            levels = {
                criterion["id"]: {"points": one}
                for criterion, one in zip(row["rubric"], points, strict=True)
            }
            path = f"courses/{self.course}/assignments/{row['id']}/submissions/{user_id}"
            self.canvas("PUT", path, {"rubric_assessment": levels})
            graded[tech_id] = points
        return graded

    def _students(self) -> list[tuple[int, str]]:
        ids = {user["id"]: user.get("sis_user_id", "") for user in self.demo.seed["users"]}
        return [
            (row["user_id"], ids[row["user_id"]])
            for row in self.demo.seed["enrollments"]
            if row["course_id"] == self.course and row["type"] == "StudentEnrollment"
        ]

    def put_rubric(self, assessment: str, assignment: str) -> None:
        """Attain's own: its outcomes are sent into the course, then it goes where it is told."""
        work = (self.title, assessment, "--as", self.tech_id)
        sent = told(self.demo, "outcomes", "send", *work)
        assert (sent["state"], sent["failed"]) == ("done", 0), sent
        placed = told(self.demo, "outcomes", "rubric", *work, "--assignment", assignment)
        assert placed["criteria"] == sent["total"]

    def imported(self, assessment: str, *options: str) -> Any:
        return told(
            self.demo, "scores", "import", self.title, assessment, "--as", self.tech_id, *options
        )

    def stand(self, assessment: str) -> dict[str, tuple[int, ...]]:
        """What stands in Attain for those whom Canvas has rated, by Tech ID."""
        shown: dict[str, list[tuple[str, int]]] = {}
        for one in self.imported(assessment, "--dry-run")["scores"]:
            assert one["state"] == "same", one
            shown.setdefault(one["tech_id"], []).append((one["row"], int(one["stands"])))
        return {
            student: tuple(points for _, points in sorted(rows)) for student, rows in shown.items()
        }

    def import_outcomes(self, account: int, code: str) -> list[Any]:
        """Link the outcomes of the account whose titles begin so into the course, by title."""
        folder = self.canvas("GET", f"courses/{self.course}/root_outcome_group")["id"]
        path = f"accounts/{account}/outcome_group_links?outcome_style=full&per_page=100"
        links = self.canvas("GET", path)
        found = [one["outcome"] for one in links if one["outcome"]["title"].startswith(code)]
        for one in found:
            path = f"courses/{self.course}/outcome_groups/{folder}/outcomes/{one['id']}"
            self.canvas("PUT", path)
        return sorted(found, key=lambda one: str(one["title"]))

    def make_rubric(self, assignment: str, outcomes: list[Any]) -> None:
        """A rubric of the outcomes, with their own ratings, that grades the assignment."""
        rows = {
            str(number): {
                "description": one["title"],
                "learning_outcome_id": one["id"],
                "ratings": {str(n): rating for n, rating in enumerate(one["ratings"])},
            }
            for number, one in enumerate(outcomes)
        }
        place = {
            "association_id": self.assignment(assignment)["id"],
            "association_type": "Assignment",
            "purpose": "grading",
            "use_for_grading": "1",
        }
        body = {"rubric": {"title": "By hand", "criteria": rows}, "rubric_association": place}
        self.canvas("POST", f"courses/{self.course}/rubrics", body)
