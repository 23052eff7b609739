"""A tool that is not the one under test: what the practice Canvas launches beside it."""

from litestar import Response, post

from sandbox.canvas.web.pages import page


@post("/practice_quiz", status_code=200, sync_to_thread=False)
def quiz_launch() -> Response[str]:
    """Where the sample college's second tool is launched. It looks at nothing that is sent."""
    return page("quiz.html")
