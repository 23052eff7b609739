"""The use cases of the Data Steward's system settings: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.use_cases.downloads.export_college import NoteExport, ReadRoster
    from application.use_cases.settings.college_settings import ReadCollegeRules, SaveCollegeRules
    from application.use_cases.settings.seal_anew import SealAnew


class Desk(Needs):
    read_roster = Use(ReadRoster, units=Needs.units)
    note_export = Use(NoteExport, units=Needs.units, clock=Needs.clock)
    read_college_rules = Use(ReadCollegeRules, units=Needs.units)
    save_college_rules = Use(SaveCollegeRules, units=Needs.units, clock=Needs.clock)
    seal_anew = Use(SealAnew, units=Needs.units, clock=Needs.clock, sealer=Needs.sealer)
