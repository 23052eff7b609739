"""What files of SLOs are written from and read into: the college of `Keeping`."""

from dataclasses import dataclass
from pathlib import Path

from adapters.inbound.outcome_files.formats import FileFormat, Options, read_outcome_file, written
from application.import_report import ImportReport
from application.queries.rosters.registers import Registers
from application.queries.slos.outcome_export import OutcomeExport, ReadOutcomeExport
from application.use_cases.slos.import_slos import ImportSlos
from application.viewers import Viewer
from domain.slo import Slo
from tests.application.keeping import STEWARD, Keeping

NO_OPTIONS = Options()


@dataclass
class Files:
    keeping: Keeping
    folder: Path

    def export(self, org: str = "") -> OutcomeExport:
        return ReadOutcomeExport(self.keeping.units, self.keeping.clock)(STEWARD, org)

    def written(self, kind: FileFormat, org: str = "") -> bytes:
        return written(self.export(org), kind)

    def read(
        self, content: bytes | str, options: Options = NO_OPTIONS, viewer: Viewer = STEWARD
    ) -> ImportReport:
        path = self.folder / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        keeping = self.keeping
        register = Registers(keeping.units).outcomes()
        command = read_outcome_file(path, register, options, viewer)
        return ImportSlos(keeping.units, keeping.clock, keeping.new_id)(command)

    def slos(self) -> list[Slo]:
        with self.keeping.units(write=False) as unit:
            return unit.outcomes.slos()
