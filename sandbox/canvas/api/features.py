"""The features that are switched on for an account."""

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas.call import Call, Injected
from sandbox.canvas.ids import find_account

FEATURES = ("account_level_mastery_scales", "outcomes_new_decaying_average_calculation")


@get("/api/v1/accounts/{account_id:str}/features/enabled", sync_to_thread=False)
def enabled_features(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    """The names of the features that are on, for those who read the account itself."""
    call.require(find_account(call.state, account_id), "read")
    return call.answer([name for name in FEATURES if getattr(call.state.switches, name)])
