"""A small roster as OneRoster files, to be spoilt one place at a time."""

import csv
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from adapters.inbound.files.oneroster import read_oneroster
from application.rosters.roster import Roster

TABLES: dict[str, str] = {
    "orgs": """
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
o1,,,Cedar College,school,CVC,
o2,,,English,department,ENGL,o1
""",
    "academicSessions": """
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
t1,,,Fall 2026,term,2026-08-24,2026-12-18,,2027
""",
    "courses": """
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId
c1,,,,Composition,ENGL 101,,o2
""",
    "classes": """
sourcedId,status,dateLastModified,title,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds
s1,,,ENGL-101-01,c1,40101,scheduled,o1,t1
""",
    "users": """
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,email
u1,,,true,o1,teacher,tess,Tess,Marchand,T100,tess@example.edu
u2,,,true,o1,student,ana,Ana,Núñez,S200,ana@example.edu
u3,,,true,o1,student,li,雨桐,王,,li@example.edu
""",
    "enrollments": """
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,,,s1,o1,u1,teacher,true
e2,,,s1,o1,u2,student,
e3,,,s1,o1,u3,student,
""",
}
NAMES = tuple(TABLES)


def manifest(**modes: str) -> str:
    """All files bulk, but for those named: `manifest(users="delta")`."""
    rows = [f"file.{name},{modes.get(name, 'bulk')}" for name in NAMES]
    version = modes.get("version", "1.1")
    return "\n".join(["propertyName,value", f"oneroster.version,{version}", *rows]) + "\n"


def package(**changes: str) -> dict[str, str]:
    """The files by name; `users=...` replaces one, a line in the form of TABLES."""
    files = {f"{name}.csv": changes.get(name, text).lstrip("\n") for name, text in TABLES.items()}
    return {"manifest.csv": manifest(), **files}


_ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
    "orgSourcedId,userProfileSourcedId"
)
_USERS_OF_1_2 = """
sourcedId,enabledUser,username,givenName,familyName,identifier,email
u1,true,tess,Tess,Marchand,T100,tess@example.edu
u2,true,ana,Ana,Ortiz,S200,ana@example.edu
u3,true,li,Li,Wang,S300,li@example.edu
"""


def with_roles(*rows: str, mode: str = "bulk", **changes: str) -> dict[str, str]:
    """A package of OneRoster 1.2 with these rows of roles; `changes` as in `package`."""
    files = package(**{"users": _USERS_OF_1_2, **changes})
    files["roles.csv"] = "\n".join((_ROLES, *rows)) + "\n"
    files["manifest.csv"] = manifest(version="1.2") + f"file.roles,{mode}\n"
    return files


def a_role_row(key: str, person: str, role: str, org: str = "o2") -> str:
    return f"{key},active,2026-09-01T08:00:00.000Z,{person},secondary,{role},,,{org},"


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    """The package with one text in one file replaced."""
    files = package()
    assert old in files[f"{name}.csv"], f"{old!r} is not in {name}.csv"
    files[f"{name}.csv"] = files[f"{name}.csv"].replace(old, new, 1)
    return files


def added(name: str, *rows: str) -> dict[str, str]:
    """The package with rows at the end of one file."""
    files = package()
    files[f"{name}.csv"] += "".join(f"{row}\n" for row in rows)
    return files


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def write_zip(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return path


def read(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Roster:
    return read_oneroster(write_folder(folder, package() if files is None else files)).roster


def csv_text(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    class _Text(list[str]):
        write = list.append

    lines = _Text()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return "".join(lines)
