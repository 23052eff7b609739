"""The contract suite over the LMS adapters of the house, or over the one named by `--lms`."""

from collections.abc import AsyncIterator
from importlib.metadata import entry_points

import pytest

from tests.contract import (
    canvas_harness,
    memory_harness,
    real_canvas,
)
from tests.contract.harness import LmsSide, LmsSideFactory
from tests.contract.lms_gateway import (
    ConsentContract,
    CoursesContract,
    LmsGatewayContract,
    OutcomeRulesContract,
    OutcomesContract,
    OutcomeUploadsContract,
    PeopleContract,
    RubricsContract,
    RubricScoresContract,
    SubmissionsContract,
)

OURS: dict[str, LmsSideFactory] = {
    "memory": memory_harness.opened,
    "canvas": canvas_harness.opened,
}


def factory_named(name: str) -> LmsSideFactory:
    """A harness of ours, else the one of an installed plug-in."""
    if name == "canvas" and real_canvas.is_configured():
        return real_canvas.opened
    if name in OURS:
        return OURS[name]
    found = entry_points(group="attain.lms.harness")
    if name not in found.names:
        known = ", ".join(sorted({*OURS, *found.names}))
        message = f"No harness is called {name!r}. There are: {known}."
        raise pytest.UsageError(message)
    factory: LmsSideFactory = found[name].load()
    return factory


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "harness" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--lms")
        factories = {chosen: factory_named(chosen)} if chosen else OURS
        metafunc.parametrize(
            "harness", list(factories.values()), indirect=True, ids=list(factories)
        )


@pytest.fixture
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[LmsSide]:
    factory: LmsSideFactory = request.param
    if factory is real_canvas.opened and request.node.get_closest_marker("practice"):
        pytest.skip("this needs a site that the test arranges")
    async with factory() as opened:
        needs = getattr(request.cls, "needs", None)
        if needs is not None and needs not in opened.gateway.capabilities:
            pytest.skip(f"it does not declare {needs}")
        yield opened
    assert opened.closed()


@pytest.mark.practice
class TestLms(LmsGatewayContract):
    pass


@pytest.mark.practice
class TestConsent(ConsentContract):
    pass


@pytest.mark.practice
class TestPeople(PeopleContract):
    pass


@pytest.mark.practice
class TestSubmissions(SubmissionsContract):
    pass


class TestOutcomes(OutcomesContract):
    pass


@pytest.mark.practice
class TestOutcomeRules(OutcomeRulesContract, OutcomeUploadsContract):
    pass


class TestRubrics(RubricsContract):
    pass


@pytest.mark.practice
class TestRubricScores(RubricScoresContract):
    pass


@pytest.mark.practice
class TestCourses(CoursesContract):
    pass
