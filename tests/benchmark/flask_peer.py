"""The peer of the launch bench: the smallest Flask application that PyLTI's manual shows.

It checks the signature, keeps the launch in Flask's signed cookie and redirects. It knows no
people, remembers no nonce and writes nothing down.
"""

import os
from importlib import import_module
from typing import Any


def create() -> Any:
    """The WSGI application; flask and pylti are in the dependency group `bench` only."""
    flask: Any = import_module("flask")
    lti: Any = import_module("pylti.flask").lti
    app = flask.Flask("peer")
    app.secret_key = os.urandom(32)
    key, secret = os.environ["BENCH_KEY"], os.environ["BENCH_SECRET"]
    app.config["PYLTI_CONFIG"] = {"consumers": {key: {"secret": secret}}}

    def launch(lti: object) -> Any:
        return flask.redirect("/work", 303)

    guarded = lti(request="initial", role="any", app=app, error=_refused)(launch)
    app.add_url_rule("/lti/launch", view_func=guarded, methods=["POST"])
    app.add_url_rule("/", view_func=lambda: "ready", endpoint="ready")
    return app


def _refused(exception: object) -> tuple[str, int]:
    return "refused", 401
