"""The contract suite over the LMS adapters of the house, or over the one named by `--lms`."""

from collections.abc import AsyncIterator
from importlib.metadata import entry_points

import pytest

pytest.register_assert_rewrite(
    *(f"tests.contract.lms_{part}" for part in ("scene", "reading", "grading", "trust"))
)

from tests.contract import canvas_harness, memory_harness  # noqa: E402 after the rewriting
from tests.contract.harness import LmsHarness, LmsHarnessFactory  # noqa: E402
from tests.contract.lms_gateway import LmsGatewayContract  # noqa: E402

OURS: dict[str, LmsHarnessFactory] = {
    "memory": memory_harness.opened,
    "canvas": canvas_harness.opened,
}


def factory_named(name: str) -> LmsHarnessFactory:
    """A harness of ours, else the one of an installed plug-in."""
    if name in OURS:
        return OURS[name]
    found = entry_points(group="attain.lms.harness")
    if name not in found.names:
        known = ", ".join(sorted({*OURS, *found.names}))
        message = f"No harness is called {name!r}. There are: {known}."
        raise pytest.UsageError(message)
    factory: LmsHarnessFactory = found[name].load()
    return factory


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "harness" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--lms")
        names = [chosen] if chosen else list(OURS)
        factories = [factory_named(name) for name in names]
        metafunc.parametrize("harness", factories, indirect=True, ids=names)


@pytest.fixture
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[LmsHarness]:
    factory: LmsHarnessFactory = request.param
    async with factory() as opened:
        yield opened
    assert opened.closed()


class TestLms(LmsGatewayContract):
    pass
