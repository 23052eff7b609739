"""The use cases that keep SLOs, scales and the curriculum map: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.inbound.http.slos.slo_import_desk import ImportDesk
    from application.queries.rosters.registers import Registers
    from application.queries.slos.curriculum_map import CurriculumMap
    from application.queries.slos.outcome_export import ReadOutcomeExport
    from application.queries.slos.scale_list import ScaleList
    from application.queries.slos.slo_list import SloList
    from application.queries.slos.slo_names import SloNames
    from application.queries.slos.slo_page import SloPage
    from application.queries.slos.target_list import TargetList
    from application.use_cases.slos.import_slos import ImportSlos
    from application.use_cases.slos.keep_mastery import SaveMastery
    from application.use_cases.slos.keep_scales import MakeDefaultScale, SaveScale
    from application.use_cases.slos.keep_slos import ChangeSloState, EditSlo, NewSlo
    from application.use_cases.slos.map_slos import MapSlos
    from application.use_cases.slos.set_target import SetTarget

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id


class Outcomes(Needs):
    """What coordinators and stewards keep; a page or command asks by the name."""

    slo_list = Use(SloList, units=units)
    slo_page = Use(SloPage, units=units, clock=clock)
    slo_names = Use(SloNames, units=units)
    new_slo = Use(NewSlo, units=units, clock=clock, new_id=new_id)
    edit_slo = Use(EditSlo, units=units, clock=clock)
    change_slo_state = Use(ChangeSloState, units=units, clock=clock)
    curriculum_map = Use(CurriculumMap, units=units, clock=clock)
    map_slos = Use(MapSlos, units=units, clock=clock)
    target_list = Use(TargetList, units=units)
    set_target = Use(SetTarget, units=units, clock=clock)
    scale_list = Use(ScaleList, units=units)
    save_scale = Use(SaveScale, units=units, clock=clock, new_id=new_id)
    make_default_scale = Use(MakeDefaultScale, units=units, clock=clock, new_id=new_id)
    save_mastery = Use(SaveMastery, units=units, clock=clock, new_id=new_id)
    import_slos = Use(ImportSlos, units=units, clock=clock, new_id=new_id)
    read_outcome_export = Use(ReadOutcomeExport, units=units, clock=clock)
    registers = Use(Registers, units=units)
    slo_import_desk = Use(
        ImportDesk, registers=registers, slo_list=slo_list, import_slos=import_slos
    )
