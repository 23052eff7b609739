"""People, their roles and how they sign in: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.inbound.http.people.person_desk import PersonDesk
    from adapters.inbound.http.rosters.sections import SectionForms
    from application.first_page import FirstPage
    from application.queries.access.session_list import ListSessions
    from application.queries.people.people_register import PeopleRegister
    from application.queries.people.person_page import ReadPerson
    from application.queries.rosters.course_register import CourseRegister, ReadCourse
    from application.queries.rosters.lookup import Lookup
    from application.queries.rosters.org_register import ListOrgs, ReadOrg
    from application.queries.rosters.section_register import ListTerms, ReadSection, SectionRegister
    from application.use_cases.access.end_sessions import EndSession, SignOutEverywhere
    from application.use_cases.access.password_sign_in import PasswordsInUse, SignInByPassword
    from application.use_cases.access.passwords import (
        ChangeOwnPassword,
        RemovePassword,
        SetPassword,
    )
    from application.use_cases.access.sign_in import NewSignInLink, SignInByLink, SignInPerson
    from application.use_cases.people.edit_person import EditPerson
    from application.use_cases.people.new_people import NewPerson
    from application.use_cases.people.role_grants import GrantRole, RevokeRole
    from application.use_cases.rosters.keep_orgs import SaveOrg, SaveTerm
    from application.use_cases.rosters.keep_sections import (
        EndEnrolment,
        Enrol,
        SaveCourse,
        SaveSection,
    )

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
new_secret = Needs.new_secret
hasher = Needs.hasher


class People(Needs):
    """Who is who, what each may do, and the ways in; a page or command asks by the name."""

    choose_first_page = Use(FirstPage, units=units)

    # Registers
    lookup = Use(Lookup, units=units)
    people_register = Use(PeopleRegister, units=units)
    read_person = Use(ReadPerson, units=units, clock=clock)
    list_orgs = Use(ListOrgs, units=units)
    read_org = Use(ReadOrg, units=units)
    person_desk = Use(PersonDesk, read_person=read_person, list_orgs=list_orgs)
    list_terms = Use(ListTerms, units=units, clock=clock)
    course_register = Use(CourseRegister, units=units)
    read_course = Use(ReadCourse, units=units)
    section_register = Use(SectionRegister, units=units)
    read_section = Use(ReadSection, units=units)
    section_forms = Use(SectionForms, list_terms=list_terms, lookup=lookup)

    # By hand
    save_org = Use(SaveOrg, units=units, clock=clock, new_id=new_id)
    save_term = Use(SaveTerm, units=units, clock=clock, new_id=new_id)
    save_course = Use(SaveCourse, units=units, clock=clock, new_id=new_id)
    save_section = Use(SaveSection, units=units, clock=clock, new_id=new_id)
    enrol = Use(Enrol, units=units, clock=clock, new_id=new_id)
    end_enrolment = Use(EndEnrolment, units=units, clock=clock)
    edit_person = Use(EditPerson, units=units, clock=clock)
    new_person = Use(NewPerson, units=units, clock=clock, new_id=new_id)

    # Roles
    grant_role = Use(GrantRole, units=units, clock=clock)
    revoke_role = Use(RevokeRole, units=units, clock=clock)

    # Sign-in and sessions
    sign_in_person = Use(SignInPerson, units=units, clock=clock, new_secret=new_secret)
    sign_in_by_link = Use(SignInByLink, units=units, clock=clock, new_secret=new_secret)
    new_sign_in_link = Use(NewSignInLink, units=units, clock=clock, new_secret=new_secret)
    sign_in_by_password = Use(
        SignInByPassword, units=units, clock=clock, hasher=hasher, sign_in=sign_in_person
    )
    passwords_in_use = Use(PasswordsInUse, units=units)
    set_password = Use(SetPassword, units=units, clock=clock, hasher=hasher)
    remove_password = Use(RemovePassword, units=units, clock=clock)
    change_own_password = Use(ChangeOwnPassword, units=units, clock=clock, hasher=hasher)
    list_sessions = Use(ListSessions, units=units, clock=clock)
    end_session = Use(EndSession, units=units, clock=clock)
    sign_out_everywhere = Use(SignOutEverywhere, units=units, clock=clock)
