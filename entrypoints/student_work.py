"""The use cases of DLAs, self-assessment and release: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.scoring.release_page import ReleasePage
    from application.queries.student_work.assign_choices import AssignChoices
    from application.queries.student_work.dla_desk import DlaDesk, ReadAssigned, ReadDlaForm
    from application.queries.student_work.my_dlas import MyDla, MyDlas
    from application.queries.student_work.my_results import MyResults
    from application.queries.student_work.self_assessment_page import SelfAssessmentPage
    from application.use_cases.student_work.assign_dla import AssignDla, TakeAwayDla
    from application.use_cases.student_work.decide_dlas import DecideDlas
    from application.use_cases.student_work.do_dla import TakeDlaBack, WriteDla
    from application.use_cases.student_work.keep_dlas import RetireDla, SaveDla
    from application.use_cases.student_work.self_assess import SelfAssess

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id


class StudentWork(Needs):
    """What students do beside being scored, and what teachers ask of them."""

    # DLAs, the teacher's side
    dla_desk = Use(DlaDesk, units=units, clock=clock)
    read_dla_form = Use(ReadDlaForm, units=units)
    read_assigned = Use(ReadAssigned, units=units, clock=clock)
    assign_choices = Use(AssignChoices, units=units)
    save_dla = Use(SaveDla, units=units, clock=clock, new_id=new_id)
    retire_dla = Use(RetireDla, units=units, clock=clock)
    assign_dla = Use(AssignDla, units=units, clock=clock, new_id=new_id)
    take_away_dla = Use(TakeAwayDla, units=units, clock=clock)
    decide_dlas = Use(DecideDlas, units=units, clock=clock)

    # The student's side
    my_dlas = Use(MyDlas, units=units, clock=clock)
    my_dla = Use(MyDla, units=units, clock=clock)
    write_dla = Use(WriteDla, units=units, clock=clock)
    take_dla_back = Use(TakeDlaBack, units=units, clock=clock)
    my_results = Use(MyResults, units=units)
    self_assessment_page = Use(SelfAssessmentPage, units=units)
    self_assess = Use(SelfAssess, units=units, clock=clock)

    # Release
    release_page = Use(ReleasePage, units=units)
