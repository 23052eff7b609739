"""A call of the public client `canvasapi` for each endpoint of outcomes."""

import io
from collections.abc import Callable
from typing import Any

from canvasapi.util import combine_kwargs

from tests.sandbox.college import ARTS, ROOT

Client = Any
"""The clients of the test: `teacher`, `admin`, `course` and `account`, and its `practice`."""
Calls = dict[tuple[str, str], Callable[[Client], bool]]
FILE = b"vendor_guid,object_type,title\nfrom.outside,outcome,From outside\n"
SCALE = [
    {"description": "Yes", "points": 2, "mastery": True, "color": "00FF00"},
    {"description": "No", "points": 0, "mastery": False, "color": "FF0000"},
]


def _asked(thing: Any, method: str, path: str, **more: Any) -> Any:
    query = combine_kwargs(**more.pop("query", {}))
    return thing._requester.request(method, path, _kwargs=query, **more).json()


def _with_outcome(context: Any) -> tuple[Any, Any]:
    """A fresh folder of a context and a link to the fresh outcome in it."""
    group = context.get_root_outcome_group().create_subgroup("Folder")
    ratings = [{"description": "Yes", "points": 4}, {"description": "No", "points": 0}]
    return group, group.link_new("Reasoning", ratings=ratings, mastery_points=4)


def _unlinked(context: Any) -> bool:
    group, link = _with_outcome(context)
    return bool(group.unlink_outcome(link.outcome["id"]))


def _linked_again(context: Any) -> bool:
    group, link = _with_outcome(context)
    return bool(group.link_existing(link.outcome["id"]).outcome == link.outcome)


def _repeated(context: Any) -> bool:
    group, _ = _with_outcome(context)
    copy = context.get_root_outcome_group().import_outcome_group(group)
    return len(list(copy.get_linked_outcomes())) == 1


def _sent(context: Any) -> Any:
    return context.import_outcome(io.BytesIO(FILE))


def _sent_into_folder(context: Any, where: str) -> bool:
    group = context.get_root_outcome_group().create_subgroup("Target")
    path = f"{where}/{context.id}/outcome_imports/group/{group.id}"
    attachment = {"attachment": io.BytesIO(FILE)}
    row = _asked(context, "POST", path, file=attachment)
    return bool(row["learning_outcome_group_id"] == group.id)


def _scale_saved(client: Client) -> bool:
    path = f"accounts/{ROOT}/outcome_proficiency"
    saved = _asked(client.account, "POST", path, query={"ratings": SCALE})
    return [row["points"] for row in saved["ratings"]] == [2, 0]


def _scale_read(client: Client, path: str) -> bool:
    _scale_saved(client)
    return bool(_asked(client.account, "GET", path)["ratings"][0]["color"] == "00FF00")


def _updated(client: Client) -> bool:
    _, link = _with_outcome(client.account)
    outcome = link.get_outcome()
    return bool(outcome.update(title="Renamed") and outcome.title == "Renamed")


def _calls_in(where: str, of: Callable[[Client], Any]) -> Calls:
    base = f"/api/v1/{where}/{{context_id}}"
    group = f"{base}/outcome_groups/{{group_id}}"
    return {
        ("GET", f"{base}/root_outcome_group"): lambda c: (
            of(c).get_root_outcome_group().title == of(c).name
        ),
        ("GET", f"{base}/outcome_groups"): lambda c: (
            len(list(of(c).get_outcome_groups_in_context())) > 0
        ),
        ("GET", group): lambda c: (
            of(c).get_outcome_group(_with_outcome(of(c))[0]).title == "Folder"
        ),
        ("PUT", group): lambda c: bool(_with_outcome(of(c))[0].update(title="Renamed")),
        ("DELETE", group): lambda c: bool(_with_outcome(of(c))[0].delete()),
        ("GET", f"{group}/subgroups"): lambda c: (
            len(list(of(c).get_root_outcome_group().get_subgroups())) > 0
        ),
        ("POST", f"{group}/subgroups"): lambda c: (
            _with_outcome(of(c))[0].create_subgroup("Below").title == "Below"
        ),
        ("POST", f"{group}/import"): lambda c: _repeated(of(c)),
        ("GET", f"{base}/outcome_group_links"): lambda c: (
            len(list(of(c).get_all_outcome_links_in_context(per_page=1))) > 0
        ),
        ("GET", f"{group}/outcomes"): lambda c: (
            len(list(_with_outcome(of(c))[0].get_linked_outcomes())) == 1
        ),
        ("POST", f"{group}/outcomes"): lambda c: (
            _with_outcome(of(c))[1].get_outcome().points_possible == 4.0
        ),
        ("PUT", f"{group}/outcomes/{{outcome_id}}"): lambda c: _linked_again(of(c)),
        ("DELETE", f"{group}/outcomes/{{outcome_id}}"): lambda c: _unlinked(of(c)),
        ("POST", f"{base}/outcome_imports"): lambda c: _sent(of(c)).workflow_state == "created",
        ("POST", f"{base}/outcome_imports/group/{{group_id}}"): lambda c: _sent_into_folder(
            of(c), where
        ),
        ("GET", f"{base}/outcome_imports/{{import_id}}"): lambda c: (
            of(c).get_outcome_import_status(_sent(of(c)).id).ended_at is None
        ),
        ("GET", f"{base}/outcome_proficiency"): lambda c: _scale_read(
            c, f"{where}/{of(c).id}/outcome_proficiency"
        ),
    }


OUTCOME_CALLS: Calls = {
    **_calls_in("accounts", lambda c: c.account),
    **_calls_in("courses", lambda c: c.course),
    ("POST", "/api/v1/accounts/{account_id}/outcome_proficiency"): _scale_saved,
    ("GET", "/api/v1/accounts/{account_id}/features/enabled"): lambda c: (
        _asked(c.account, "GET", f"accounts/{ARTS}/features/enabled") == []
    ),
    ("GET", "/api/v1/outcomes/{outcome_id}"): lambda c: (
        _with_outcome(c.account)[1].get_outcome().title == "Reasoning"
    ),
    ("PUT", "/api/v1/outcomes/{outcome_id}"): _updated,
}
