"""The switch *Enable LTI functionality*."""

from dataclasses import dataclass

from application.ports.runtime import Clock
from application.ports.system_repositories import SettingsRepository
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed

LTI_ENABLED = "lti.enabled"


def lti_is_enabled(settings: SettingsRepository) -> bool:
    """Off until a steward switches it on."""
    return settings.get(LTI_ENABLED, "no") == "yes"


@dataclass(frozen=True, slots=True)
class ReadLtiSwitch:
    units: UnitOfWorkFactory

    def __call__(self) -> bool:
        with self.units(write=False) as unit:
            return lti_is_enabled(unit.settings)


@dataclass(frozen=True, slots=True)
class SetLtiSwitchCommand:
    actor: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class SetLtiSwitch:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SetLtiSwitchCommand) -> None:
        """Takes effect with the next launch. Setting it as it is changes nothing."""
        with self.units() as unit:
            if lti_is_enabled(unit.settings) is not command.enabled:
                unit.settings.put(LTI_ENABLED, "yes" if command.enabled else "no")
                verb = "enabled" if command.enabled else "disabled"
                unit.audit.record(
                    Deed(command.actor, verb, "setting:lti.enabled", "", self.clock.now())
                )
            unit.commit()
