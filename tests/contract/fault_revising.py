"""What was sent before is changed, or taken back, as operations that a fault may strike."""

from collections import Counter
from collections.abc import Iterable

import pytest

from application.errors import Conflict
from application.viewers import Viewer
from domain.access import Role
from tests import builders
from tests.contract.fault_house import TESS
from tests.contract.fault_sending import SendFewOutcomes


class ChangeOutcomes(SendFewOutcomes):
    """Three were sent, and say something else by now."""

    async def begin(self) -> None:
        await super().begin()
        await self.house.runner.run_all()
        self.house.clock.advance(minutes=1)
        with self.house.units() as unit:
            unit.outcomes.put_slos(
                builders.an_slo(key, title=f"Argue: {key}", version=2) for key in self.slos
            )
            unit.commit()
        run_id = await self.decide()
        assert run_id is not None
        self.run_id = run_id

    def shown(self) -> Counter[str]:
        outcomes = self.house.canvas.state.outcomes.values()
        return Counter(f"{one.vendor_guid} {one.title}" for one in outcomes if not one.deleted)

    def wanted(self) -> Iterable[str]:
        with self.house.units(write=False) as unit:
            items = unit.sync_runs.items(self.run_id)
        return [f"{item.guid} {item.content.title}" for item in items]


class TakeBackOutcomes(SendFewOutcomes):
    """Three were sent with their folder, and none of it shall be there."""

    async def begin(self) -> None:
        await super().begin()
        await self.house.runner.run_all()
        self.house.clock.advance(minutes=1)
        self.run_id = self.house.use.undo_sync()(Viewer(TESS, Role.FACULTY), self.run_id)

    async def repeat(self) -> None:
        with pytest.raises(Conflict, match="took another one back already"):
            self.house.use.undo_sync()(Viewer(TESS, Role.FACULTY), self.run_id)

    def wanted(self) -> Iterable[str]:
        return []
