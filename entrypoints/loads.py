"""The use cases of rosters and their loads: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.inbound.files.packages import PackageShelf
    from adapters.inbound.http.rosters.loads import LoadDesk
    from adapters.outbound.files.uploads import FolderUploads
    from application.queries.rosters.course_check_choices import CourseCheckChoices
    from application.queries.rosters.load_list import ListLoads, ReadFindings, ReadLoad
    from application.queries.rosters.unread_roles import ReadUnreadRoles
    from application.use_cases.lms.check_courses import CheckCourses
    from application.use_cases.rosters.begin_load import ApplyLoad, BeginLoad, DropLoad
    from application.use_cases.rosters.load_roster import LoadRoster
    from application.use_cases.rosters.run_load import RunLoad
    from application.use_cases.rosters.undo_load import UndoLoad
    from application.use_cases.settings.roster_settings import ReadRosterReading, SaveRosterReading

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id


class Loads(Needs):
    """Rosters in, and what came of it."""

    uploads = Use(FolderUploads, data=Needs.settings.provided.data_path)
    read_roster_reading = Use(ReadRosterReading, units=units, clock=clock)
    save_roster_reading = Use(SaveRosterReading, units=units, clock=clock)
    read_unread_roles = Use(ReadUnreadRoles, units=units)
    load_roster = Use(LoadRoster, units=units, clock=clock, new_id=new_id)
    begin_load = Use(BeginLoad, units=units, clock=clock, new_id=new_id, uploads=uploads)
    apply_load = Use(ApplyLoad, units=units, uploads=uploads)
    drop_load = Use(DropLoad, units=units, uploads=uploads)
    run_load = Use(
        RunLoad,
        units=units,
        transact=Needs.transact,
        clock=clock,
        uploads=uploads,
        read=Use(PackageShelf),
        load=load_roster,
    )
    course_check_choices = Use(CourseCheckChoices, units=units)
    check_courses = Use(CheckCourses, units=units, transact=Needs.transact, agents=Needs.agents)
    undo_load = Use(UndoLoad, units=units, clock=clock)
    list_loads = Use(ListLoads, units=units)
    read_load = Use(ReadLoad, units=units)
    load_desk = Use(LoadDesk, read_load=read_load, jobs=Needs.jobs)
    read_findings = Use(ReadFindings, units=units)
