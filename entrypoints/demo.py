"""`attain demo`: sample college, practice Canvas and Attain on an embedded database."""

import json
import os
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Event

import httpx

from adapters.inbound.files.assessment_file import read_assessments
from adapters.inbound.files.oneroster import read_oneroster
from adapters.inbound.files.slo_file import read_slos
from application.use_cases.access.sign_in import NewSignInLinkCommand
from application.use_cases.lms.consumer_keys import NewConsumerKeyCommand
from application.use_cases.lms.lms_sites import ConfigureSiteCommand
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand
from application.use_cases.people.new_people import NewPersonCommand
from application.use_cases.rosters.load_roster import LoadRosterCommand
from domain.access import Role
from entrypoints.bootstrap import House, opened, upgrade_schema
from entrypoints.demo_told import Demo
from entrypoints.ports import free_port
from entrypoints.settings import Settings, load_settings
from entrypoints.startup import DemoFailed
from sandbox.college import STEWARD, practice_seed, write_college

__all__ = ["Demo", "demo", "running_demo"]

_HOST = "127.0.0.1"
_CLIENT_ID = "10000000000001"
_ROOT_ACCOUNT = "1"
_STOP_SECONDS = 15
_TRY_SECONDS = 0.1
_TRIES = 600

Child = subprocess.Popen[bytes]


def demo(*, port: int = 8400, open_browser: bool = True, as_json: bool = False) -> None:
    """Run until Ctrl-C. `port` is Attain's, the practice Canvas takes the next; 0: any free.

    Raises:
        PortTaken, DemoFailed: nothing keeps running.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _leave)
    with suppress(KeyboardInterrupt), running_demo(port) as demonstration:
        sys.stdout.write((demonstration.as_json() if as_json else demonstration.as_text()) + "\n")
        sys.stdout.flush()
        if open_browser and not as_json and sys.stdout.isatty():
            webbrowser.open(demonstration.canvas)
        Event().wait()


def _leave(*_: object) -> None:
    """Unwind once, wherever the demo stands; signals that come while it tidies up are ignored."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def running_demo(port: int = 0) -> Iterator[Demo]:
    """Everything up and answering; all of it stopped and removed at the end."""
    attain_port = free_port(_HOST, port)
    canvas_port = free_port(_HOST, port + 1 if port else 0)
    attain, canvas = f"http://{_HOST}:{attain_port}", f"http://localhost:{canvas_port}"
    with TemporaryDirectory(prefix="attain-demo-") as name, ExitStack() as children:
        folder = Path(name)
        environment = _environment(folder, attain)
        made = _prepare(load_settings(environment), folder, attain, canvas)
        seed_file = folder / "canvas-seed.json"
        _write_private(seed_file, json.dumps(made.seed, ensure_ascii=False))
        commands = {
            "canvas": ["sandbox.canvas", "--seed", str(seed_file), "--host", _HOST,
                       "--port", str(canvas_port), "--parent-pid", str(os.getpid())],
            "attain": ["entrypoints.cli", "serve", "--host", _HOST, "--port", str(attain_port),
                       "--follow-parent", str(os.getpid())],
        }  # fmt: skip
        started = {
            part: children.enter_context(_child(part, command, environment, folder))
            for part, command in commands.items()
        }
        _await(f"{canvas}/login", started["canvas"], folder / "canvas.log")
        _await(f"{attain}/health/ready", started["attain"], folder / "attain.log")
        yield made


def _environment(folder: Path, attain: str) -> dict[str, str]:
    """The environment without settings of another installation, with those of the demo."""
    inherited = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
    return {**inherited, **_settings(folder, attain), "ATTAIN_JOB_POLL_SECONDS": "0.2"}


def _settings(folder: Path, attain: str) -> dict[str, str]:
    return {
        "ATTAIN_DATA_DIR": str(folder),
        "ATTAIN_BASE_URL": attain,
        "ATTAIN_CANVAS_ALLOW_PRIVATE_HOSTS": "true",
    }


def _prepare(settings: Settings, folder: Path, attain: str, canvas: str) -> Demo:
    """Bring the college in by the commands' own ways, and make both sides known."""
    upgrade_schema(settings)
    with opened(settings) as house:
        college = write_college(folder / "college", datetime.now(UTC).date())
        _bring_in(house, folder / "college")
        uses = house.use_cases
        uses.set_lti_switch()(SetLtiSwitchCommand("command line", enabled=True))
        credentials = uses.new_consumer_key()(NewConsumerKeyCommand("command line", "Demo"))
        client_secret = token_hex(32)
        uses.configure_site()(
            ConfigureSiteCommand(
                "command line",
                "practice",
                canvas,
                _CLIENT_ID,
                client_secret,
                account_ref=_ROOT_ACCOUNT,
                test=True,
            )
        )
        sign_in = _steward_link(house)
    seed = practice_seed(
        college,
        canvas_url=canvas,
        attain_url=attain,
        consumer_key=credentials.key,
        shared_secret=credentials.secret,
        client_id=_CLIENT_ID,
        client_secret=client_secret,
        redirect_uri=settings.canvas_callback,
    )
    own = _settings(folder, attain)
    return Demo(attain, canvas, credentials, college, seed, f"{attain}{sign_in}", folder, own)


def _bring_in(house: House, files: Path) -> None:
    uses = house.use_cases
    upload = read_oneroster(files / "oneroster")
    uses.load_roster()(LoadRosterCommand("command line", upload.roster, upload.source))
    uses.import_slos()(read_slos(files / "slos.json", "command line"))
    uses.import_assessments()(read_assessments(files / "assessments.json", "command line"))


def _steward_link(house: House) -> str:
    uses = house.use_cases
    uses.new_person()(
        NewPersonCommand(
            actor="command line",
            tech_id=STEWARD.tech_id,
            role=Role.DATA_STEWARD,
            login=STEWARD.login,
            email=STEWARD.email,
            name=STEWARD.name,
        )
    )
    return uses.new_sign_in_link()(NewSignInLinkCommand("command line", STEWARD.tech_id)).path


@contextmanager
def _child(
    part: str, command: list[str], environment: dict[str, str], folder: Path
) -> Iterator[Child]:
    """A child process with its own log, stopped at the end, by force if it must be."""
    with (folder / f"{part}.log").open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 our own programs
            [sys.executable, "-m", *command],
            env=environment,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _await(url: str, child: Child, log: Path) -> None:
    """Wait until a child answers. Raises DemoFailed when it dies or takes too long."""
    for _ in range(_TRIES):
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        with suppress(subprocess.TimeoutExpired):
            child.wait(_TRY_SECONDS)
            break
    raise DemoFailed(f"A part of the demo did not start. Its log ends:\n{log.read_text()[-2000:]}")


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
