"""The use cases of the Data Steward's system settings: one line each."""

from application.use_cases.college_settings import ReadCollegeRules, SaveCollegeRules
from entrypoints.needs import Needs, Use


class Desk(Needs):
    read_college_rules = Use(ReadCollegeRules, units=Needs.units)
    save_college_rules = Use(SaveCollegeRules, units=Needs.units, clock=Needs.clock)
