"""The students of a scorecard as a file names them."""

from application.scorecards.sheet import ScoreSheet, SheetStudent


class NamedStudents:
    """Students by key; zeros that a spreadsheet cut off the front are forgiven."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self._exact = {student.key: student for student in sheet.students}
        self._short: dict[str, list[SheetStudent]] = {}
        for student in sheet.students:
            self._short.setdefault(_short(student.key), []).append(student)

    def find(self, key: str) -> SheetStudent | None:
        if key in self._exact:
            return self._exact[key]
        near = self._short.get(_short(key), []) if key else []
        return near[0] if len(near) == 1 else None


def _short(key: str) -> str:
    return key.casefold().lstrip("0")
