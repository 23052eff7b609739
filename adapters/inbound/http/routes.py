"""All pages of this package, and what their handlers are given besides the providers."""

from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from adapters.inbound.http import (
    account,
    account_tokens,
    action_plan_new,
    action_plans,
    assessments,
    authorise,
    calendar,
    course_check,
    courses,
    due,
    import_start,
    imports,
    launches,
    library,
    library_editor,
    library_plan,
    link_offers,
    links,
    lms_rubric,
    loads,
    matching_queue,
    orgs,
    outcome_runs,
    outcome_sync,
    outcomes,
    people,
    person,
    question_templates,
    reflection,
    reminders,
    rfi_answer,
    rfis,
    scales,
    schema_pages,
    scorecard,
    scoring,
    section,
    sections,
    sends,
    slo_edits,
    slo_files,
    slo_map,
    slo_targets,
    slos,
    student,
    terms,
    work_outcomes,
    work_state,
)
from adapters.inbound.http.api import routes as api
from adapters.inbound.http.audit import audit_trail, export_trail, verify_trail
from adapters.inbound.http.health import live, metrics, ready
from adapters.inbound.http.home import home
from adapters.inbound.http.launch_log import launch_log, replay_for_the_named, resolve_launch
from adapters.inbound.http.matching_trial import rule_trial, try_rule_first
from adapters.inbound.http.settings_accounts import (
    accounts,
    authorise_in_window,
    begin_for_account,
    end_account,
    save_account,
    save_pairing,
    take_suggestions,
)
from adapters.inbound.http.settings_assessment import (
    assessment_settings,
    save_assessment_settings,
    switch_lti,
)
from adapters.inbound.http.settings_canvas import canvas_settings, save_site
from adapters.inbound.http.settings_doctor import doctor
from adapters.inbound.http.settings_lti import (
    lti_settings,
    new_key,
    provide_lti_settings,
    revoke_key,
    rotate_key,
    show_secret,
)
from adapters.inbound.http.settings_mail import mail_settings, try_mail
from adapters.inbound.http.settings_matching import (
    matching_settings,
    provide_matching_view,
    save_rule,
)
from adapters.inbound.http.settings_rosters import roster_settings, save_roster_settings
from adapters.inbound.http.sign_in import (
    change_role,
    extend_session,
    sign_in_by_link,
    sign_in_link,
    sign_in_page,
    sign_in_with_password,
    sign_out,
)
from adapters.inbound.http.start import open_window, start, window_link
from adapters.inbound.http.static_files import static_file
from adapters.inbound.http.visit import provide_visit

_PLUMBING = (live, ready, metrics, static_file)
_DOORS = (
    start,
    open_window,
    window_link,
    sign_in_page,
    sign_in_link,
    sign_in_by_link,
    sign_in_with_password,
    sign_out,
    change_role,
    extend_session,
)
_STEWARD = (
    assessment_settings,
    save_assessment_settings,
    switch_lti,
    lti_settings,
    new_key,
    show_secret,
    rotate_key,
    revoke_key,
    canvas_settings,
    save_site,
    matching_settings,
    save_rule,
    try_rule_first,
    launch_log,
    resolve_launch,
    replay_for_the_named,
    mail_settings,
    try_mail,
    roster_settings,
    save_roster_settings,
    audit_trail,
    verify_trail,
    export_trail,
)
FOUNDATION: tuple[ControllerRouterHandler, ...] = (
    *_PLUMBING,
    *_DOORS,
    home,
    *_STEWARD,
    *matching_queue.ROUTES,
)
_ACCOUNTS = (
    accounts,
    save_account,
    save_pairing,
    take_suggestions,
    authorise_in_window,
    begin_for_account,
    end_account,
    doctor,
    rule_trial,
)
_LTI = (launches.launch, launches.config_xml)
_CONSENT = (
    authorise.show,
    authorise.state,
    authorise.in_own_window,
    authorise.begin,
    authorise.done,
    authorise.not_now,
    authorise.revoke,
    authorise.sign_in_with_canvas,
    authorise.callback,
)
_LINKS = (links.link_to_assignment, links.list_links, links.undo, links.change)
_SENDS = (
    sends.dry_list,
    sends.send,
    sends.report,
    sends.report_state,
    sends.events,
    sends.retry,
    sends.check,
)
ROUTES: tuple[ControllerRouterHandler, ...] = (
    *FOUNDATION,
    *_LTI,
    *_CONSENT,
    *_ACCOUNTS,
    *assessments.ROUTES,
    *_LINKS,
    *scoring.ROUTES,
    *scorecard.ROUTES,
    *reflection.ROUTES,
    *_SENDS,
    *lms_rubric.ROUTES,
    *outcomes.ROUTES,
    *outcome_sync.ROUTES,
    *outcome_runs.ROUTES,
    *work_outcomes.ROUTES,
    *import_start.ROUTES,
    *imports.ROUTES,
    *student.ROUTES,
    *loads.ROUTES,
    *course_check.ROUTES,
    *account.ROUTES,
    *people.ROUTES,
    *person.ROUTES,
    *orgs.ROUTES,
    *terms.ROUTES,
    *courses.ROUTES,
    *sections.ROUTES,
    *section.ROUTES,
    *slos.ROUTES,
    *slo_edits.ROUTES,
    *slo_map.ROUTES,
    *slo_files.ROUTES,
    *slo_targets.ROUTES,
    *scales.ROUTES,
    *library.ROUTES,
    *library_editor.ROUTES,
    *library_plan.ROUTES,
    *calendar.ROUTES,
    *reminders.ROUTES,
    *work_state.ROUTES,
    *link_offers.ROUTES,
    *action_plan_new.ROUTES,
    *action_plans.ROUTES,
    *question_templates.ROUTES,
    *rfis.ROUTES,
    *rfi_answer.ROUTES,
    *due.ROUTES,
    *account_tokens.ROUTES,
    *schema_pages.ROUTES,
    *api.ROUTES,
)

VIEWS: dict[str, Provide] = {
    "visit": Provide(provide_visit, sync_to_thread=False),
    "lti_settings": Provide(provide_lti_settings, sync_to_thread=False),
    "matching_view": Provide(provide_matching_view, sync_to_thread=False),
}
