"""Action plans, requests for information, what is due."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, OWN, SET_UP, Deed, Not

KEEP, TEACH, IMPROVE = Right.KEEP_OUTCOMES, Right.TEACH, Right.IMPROVE
PLAN, RFI = "/action-plans/{plan_id:str}", "/rfis/{rfi_id:str}"
ASK, TEMPLATE = "/rfis/asks/{ask_id:str}", "/question-templates/{template_id:str}"
DEEDS = (
    Deed("See what is due", TEACH, OWN, "GET /home", OWN),
    Deed("See action plans", IMPROVE, "action-plan list, action-plan show",
         f"GET /action-plans, GET {PLAN}", Not("the command gives JSON")),
    Deed("See the action plans of one's section", TEACH, AT_WORK,
         "GET /works/{work_id:str}/action-plans", AT_WORK),
    Deed("Ask for an action plan, or begin one", IMPROVE, "action-plan request",
         "GET /action-plans/new, POST /action-plans/new", SET_UP),
    Deed("Answer an action plan", IMPROVE, OWN, f"POST {PLAN}", OWN),
    Deed("Approve, send back, start, finish or withdraw an action plan", IMPROVE,
         "action-plan move", f"POST {PLAN}/move", SET_UP),
    Deed("Follow up an action plan by a later result", IMPROVE, "action-plan follow-up",
         f"POST {PLAN}/follow-up", SET_UP),
    Deed("See templates of questions", KEEP, "action-plan templates", "GET /question-templates",
         SET_UP),
    Deed("Keep templates of questions", KEEP, Not("questions are written on a page"),
         f"GET /question-templates/new, POST /question-templates/new, GET {TEMPLATE}, "
         f"POST {TEMPLATE}, POST {TEMPLATE}/state", SET_UP),
    Deed("See the requests for information put to oneself", Right.SIGNED_IN, "rfi list",
         "GET /rfis", OWN),
    Deed("Answer a request for information", Right.SIGNED_IN, OWN,
         f"GET {ASK}, POST {ASK}/open, POST {ASK}", OWN),
    Deed("Send a request for information", KEEP, "rfi send", "GET /rfis/new, POST /rfis/new",
         SET_UP),
    Deed("Gather the answers to a request", KEEP, "rfi answers", f"GET {RFI}, GET {RFI}/export",
         Not("the command gives JSON")),
    Deed("Remind of a request by mail", KEEP, "rfi remind",
         f"GET {RFI}/remind, POST {RFI}/remind", SET_UP),
    Deed("Close a request, or open it again", KEEP, "rfi close, rfi reopen", f"POST {RFI}/state",
         SET_UP),
)  # fmt: skip
