"""What the commands of SLOs, of scales and of their synchronisation ask of the house."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.outcome_sync.sync_report import ReadSyncReport
    from application.queries.outcome_sync.sync_runs import ListSyncRuns
    from application.queries.outcome_sync.sync_scopes import SyncScopes
    from application.queries.slos.outcome_export import ReadOutcomeExport
    from application.queries.slos.scale_list import ScaleList
    from application.queries.slos.slo_list import SloList
    from application.queries.slos.slo_names import SloNames
    from application.queries.slos.slo_page import SloPage
    from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes
    from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes
    from application.use_cases.outcome_sync.undo_sync import UndoSync
    from application.use_cases.slos.import_slos import ImportSlos
    from application.use_cases.slos.keep_mastery import SaveMastery
    from application.use_cases.slos.keep_scales import MakeDefaultScale, SaveScale
    from application.use_cases.slos.keep_slos import ChangeSloState, EditSlo, NewSlo
    from application.use_cases.slos.map_slos import MapSlos
    from application.use_cases.slos.set_target import SetTarget


class OutcomeHouse(Protocol):
    @property
    def slo_list(self) -> SloList: ...
    @property
    def slo_names(self) -> SloNames: ...
    @property
    def slo_page(self) -> SloPage: ...
    @property
    def new_slo(self) -> NewSlo: ...
    @property
    def edit_slo(self) -> EditSlo: ...
    @property
    def change_slo_state(self) -> ChangeSloState: ...
    @property
    def map_slos(self) -> MapSlos: ...
    @property
    def set_target(self) -> SetTarget: ...
    @property
    def import_slos(self) -> ImportSlos: ...
    @property
    def read_outcome_export(self) -> ReadOutcomeExport: ...
    @property
    def scale_list(self) -> ScaleList: ...
    @property
    def save_scale(self) -> SaveScale: ...
    @property
    def make_default_scale(self) -> MakeDefaultScale: ...
    @property
    def save_mastery(self) -> SaveMastery: ...
    @property
    def sync_scopes(self) -> SyncScopes: ...
    @property
    def plan_outcomes(self) -> PlanOutcomes: ...
    @property
    def sync_outcomes(self) -> SyncOutcomes: ...
    @property
    def read_sync_report(self) -> ReadSyncReport: ...
    @property
    def list_sync_runs(self) -> ListSyncRuns: ...
    @property
    def undo_sync(self) -> UndoSync: ...
