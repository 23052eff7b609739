"""Action plans, requests for information, what is due."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, OWN, SET_UP, Deed, Not

KEEP, TEACH, IMPROVE = Right.KEEP_OUTCOMES, Right.TEACH, Right.IMPROVE
PLAN, RFI = "/action-plans/{plan_id:str}", "/rfis/{rfi_id:str}"
API, PLANS = "/api/v1", "/api/v1/action-plans"
API_PLAN, API_RFI = f"{API}{PLAN}", f"{API}{RFI}"
ASKS, API_ASK = f"{API}/rfi-asks", f"{API}/rfi-asks/{{ask_id:str}}"
ASK, TEMPLATE = "/rfis/asks/{ask_id:str}", "/question-templates/{template_id:str}"
DEEDS = (
    Deed("See what is due", TEACH, OWN, "GET /home", OWN),
    Deed("See action plans", IMPROVE, "action-plan list, action-plan show",
         f"GET /action-plans, GET {PLAN}", f"GET {PLANS}, GET {API_PLAN}"),
    Deed("See the action plans of one's section", TEACH, AT_WORK,
         "GET /works/{work_id:str}/action-plans", AT_WORK),
    Deed("Ask for an action plan, or begin one", IMPROVE, "action-plan request",
         "GET /action-plans/new, POST /action-plans/new", f"POST {PLANS}"),
    Deed("Answer an action plan", IMPROVE, OWN, f"POST {PLAN}", f"PUT {API_PLAN}"),
    Deed("Approve, send back, start, finish or withdraw an action plan", IMPROVE,
         "action-plan move", f"POST {PLAN}/move", f"POST {API_PLAN}/moves"),
    Deed("Follow up an action plan by a later result", IMPROVE, "action-plan follow-up",
         f"POST {PLAN}/follow-up",
         f"GET {API_PLAN}/citable-results, POST {API_PLAN}/follow-up"),
    Deed("See templates of questions", KEEP, "action-plan templates", "GET /question-templates",
         SET_UP),
    Deed("Keep templates of questions", KEEP, Not("questions are written on a page"),
         f"GET /question-templates/new, POST /question-templates/new, GET {TEMPLATE}, "
         f"POST {TEMPLATE}, POST {TEMPLATE}/state", SET_UP),
    Deed("See the requests for information put to oneself", Right.SIGNED_IN, "rfi list",
         "GET /rfis", f"GET {ASKS}"),
    Deed("Answer a request for information", Right.SIGNED_IN, OWN,
         f"GET {ASK}, POST {ASK}/open, POST {ASK}", f"GET {API_ASK}, PUT {API_ASK}"),
    Deed("Send a request for information", KEEP, "rfi send", "GET /rfis/new, POST /rfis/new",
         f"POST {API}/rfis"),
    Deed("Gather the answers to a request", KEEP, "rfi answers", f"GET {RFI}, GET {RFI}/export",
         f"GET {API}/rfis, GET {API_RFI}, GET {API_RFI}/answers"),
    Deed("Remind of a request by mail", KEEP, "rfi remind",
         f"GET {RFI}/remind, POST {RFI}/remind", SET_UP),
    Deed("Close a request, or open it again", KEEP, "rfi close, rfi reopen", f"POST {RFI}/state",
         f"PUT {API_RFI}/closed"),
)  # fmt: skip
