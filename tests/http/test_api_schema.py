"""The API does what its OpenAPI document says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import schemathesis
from httpx import Response
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from adapters.inbound.http.api import (
    desk,
    doors,
    evidence,
    exchange_shapes,
    improvement_shapes,
    outcome_shapes,
    rfi_shapes,
    roster_shapes,
    student_shapes,
    work_shapes,
)
from adapters.inbound.http.api.examples import EXAMPLES
from adapters.inbound.http.api.schema import document
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import AfterCommit, MemoryUnits
from tests.http.api_house import Program, api_house
from tests.http.foreign_ids import store_others
from tests.http.support import SECURE
from tests.stand_ins import FixedClock

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
Case = schemathesis.Case[Any]
OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_dict(document()).get_all_operations()
    if isinstance(found, Ok)
}
KNOWN = {
    "org_id": "org-english", "term_id": "term-fall", "course_id": "course-engl101",
    "section_id": "section-engl101-01", "person_id": "person-ana", "slo_id": "slo-thesis",
    "enrolment_id": "enrolment-ana-engl101-01-student", "scale_id": "scale-four",
    "assessment_id": "assessment-essay", "work_id": "work-essay", "link_id": "link-essay",
    "run_id": "run-one", "load_id": "load-one", "import_id": "import-one", "audience": "student",
    "dla_id": "dla-thesis", "assigned_id": "assigned-thesis-ana", "rfi_id": "rfi-hours",
    "ask_id": "ask-hours-tess", "plan_id": "action-plan-thesis", "evidence_id": "evidence-draft",
}  # fmt: skip
"""Of each kind one that is there."""
OWN = ("/assigned-dlas", "/rfi-asks", "/evidence", "/self-assessments")
"""Parts of paths that hold nothing for a steward, who asks for all else."""


@pytest.fixture(scope="module")
def programs() -> Iterator[dict[str, Program]]:
    """One college for all; what is asked of it in passing does no harm to the next question."""
    clock = FixedClock()
    jobs = MemoryJobs(clock)

    def make_queue(after_commit: AfterCommit) -> MemoryQueue:
        queue = MemoryQueue(jobs)
        after_commit(queue.publish)
        return queue

    house = api_house(MemoryUnits(Store(), make_queue), jobs, clock)
    with house.house.units() as unit:
        store_others(unit)
        unit.commit()
    with house.program("stew") as steward:
        yield {key: Program(steward.client, house.token(key)) for key in ("stew", "tess", "ana")}


def test_all_operations_are_asked() -> None:
    said = [(method, path) for path, item in document()["paths"].items() for method in item]

    assert len(OPERATIONS) == len(said) > 40


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_as_documented(programs: dict[str, Program], label: str) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy())
    def asked(case: Case) -> None:
        case.validate_response(called(programs, case), checks=CHECKS)

    asked()


@pytest.mark.parametrize(
    "label",
    [
        one
        for one in OPERATIONS
        if one.startswith("GET ")
        and "{" in one
        # No such send, Collective work or file is there: `test_counts_pages` reads counts,
        # `test_api_evidence` a file.
        and not any(part in one for part in ("send_id", "/counts", "/file"))
    ],
)
def test_what_is_there_has_the_documented_shape(programs: dict[str, Program], label: str) -> None:
    operation = OPERATIONS[label]
    names = {name for name in KNOWN if f"{{{name}}}" in label}
    case = operation.Case(path_parameters={name: KNOWN[name] for name in names})

    answer = called(programs, case)

    assert answer.status_code == 200, answer.text
    assert "next" in answer.json() or answer.headers["etag"]
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_right(name: str) -> None:
    modules: list[Any] = [
        desk, doors, evidence, exchange_shapes, improvement_shapes, outcome_shapes, rfi_shapes,
        roster_shapes, student_shapes, work_shapes,
    ]  # fmt: skip
    shape = next(vars(module)[name] for module in modules if name in vars(module))

    assert document()["components"]["schemas"][name]["examples"] == [EXAMPLES[name]]
    assert msgspec.convert(EXAMPLES[name], shape)


def called(programs: dict[str, Program], case: Case) -> Response:
    """By the faculty member or the student where only those may."""
    program = programs[_who(case)]
    told = case.as_transport_kwargs(base_url=SECURE)
    # It makes up a token of its own, which would be refused before anything else is asked.
    headers = {name: held for name, held in told["headers"].items() if name != "Authorization"}
    return program.client.request(
        told["method"],
        told["url"],
        params=told.get("params"),
        json=told.get("json"),
        content=told.get("data"),
        headers={**headers, "authorization": f"Bearer {program.token}"},
    )


def _who(case: Case) -> str:
    said = _said(case)
    if "Right: *see own results*" in said:
        return "ana"
    own = "Right: *teach*" in said or any(part in case.operation.path for part in OWN)
    return "tess" if own else "stew"


def _said(case: Case) -> str:
    return str(case.operation.definition.raw["description"])
