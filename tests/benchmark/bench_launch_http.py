"""A class opens its assignment: launches over HTTP up to the 303, by server processor time.

Attain over SQLite, by `attain serve` with one web worker and no job worker; the peer is Flask
with PyLTI, served by the same granian with one worker. Each launch has a nonce of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib.util import find_spec
from itertools import count

from application.use_cases.lms.consumer_keys import NewConsumerKeyCommand
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand
from entrypoints.ports import free_port
from tests.adapters.lti.signing import FORM, KEY, SECRET, signed_body
from tests.adapters.lti.vectors import load_vectors
from tests.benchmark.figures import Figure, NotMeasurable, against, medians
from tests.benchmark.installation import STUDENTS, Installation, installation
from tests.benchmark.processes import HOST, Child, child, cpu_seconds, first_answer
from tests.builders import a_link, a_placement, a_site

LAUNCHES = 200
_CONTEXT, _RESOURCE, _GUID = "context-1", "resource-essay", "guid"
_LMS = "https://exampleccd.instructure.com"
_nonces = count(1)


def measure() -> list[Figure]:
    if find_spec("pylti") is None:
        raise NotMeasurable("PyLTI is in the dependency group `bench`, which `make bench` installs")
    with installation() as place:
        _register(place)
        with place.served("--no-jobs") as ours, _flask(place) as (theirs, their_port):
            contestants = {
                "Attain": _round(ours, place.port),
                "Flask + PyLTI": _round(theirs, their_port),
            }
            for warm_up in contestants.values():
                warm_up()
            spent = medians(contestants)
    fields = body_of(place.url, 0).count(b"=")
    return [
        against(
            f"launch over HTTP to the 303, {fields} fields, server CPU",
            spent["Attain"],
            spent["Flask + PyLTI"],
            "ms",
            peer_name="Flask + PyLTI, both on granian",
            target="at least 2.5x",
        ),
        Figure("launches per CPU second", f"{1000 / spent['Attain']:.0f}",
               f"{1000 / spent['Flask + PyLTI']:.0f}"),
    ]  # fmt: skip


def _register(place: Installation) -> None:
    """LTI switched on, one key, and the assignment linked."""
    uses = place.house.use_cases
    uses.set_lti_switch()(SetLtiSwitchCommand("bench", enabled=True))
    uses.new_consumer_key()(NewConsumerKeyCommand("bench", "Bench", KEY, SECRET))
    placement = a_placement(
        platform=f"{KEY}:{_GUID}", context_id=_CONTEXT, resource_link_id=_RESOURCE
    )
    with uses.units()() as unit:
        unit.sites.save(a_site(url=_LMS))
        unit.links.save(a_link(placement=placement))
        unit.commit()


@contextmanager
def _flask(place: Installation) -> Iterator[tuple[Child, int]]:
    port = free_port(HOST, 0)
    options = ("--interface", "wsgi", "--workers", "1", "--no-ws", "--log-level", "warning")
    arguments = (*options, "--port", str(port), "--factory", "tests.benchmark.flask_peer:create")
    environment = {"BENCH_KEY": KEY, "BENCH_SECRET": SECRET}
    with child("granian", *arguments, environment=environment, log=place.log) as server:
        first_answer(port, "/", server)
        yield server, port


def _round(server: Child, port: int) -> Callable[[], float]:
    """Milliseconds of server CPU for one launch, over so many."""

    def measured() -> float:
        bodies = [body_of(f"http://{HOST}:{port}", number) for number in range(LAUNCHES)]
        connection = HTTPConnection(HOST, port)
        before = cpu_seconds(server.pid)
        for body in bodies:
            _launch(connection, body)
        spent = cpu_seconds(server.pid) - before
        connection.close()
        return spent / LAUNCHES * 1000

    return measured


def _launch(connection: HTTPConnection, body: bytes) -> None:
    connection.request("POST", "/lti/launch", body, {"Content-Type": FORM, "Accept": "text/html"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise NotMeasurable(f"a launch was answered with {answer.status}")


def body_of(url: str, number: int) -> bytes:
    """The recorded launch of a student, as one of our class, newly signed."""
    recorded = next(vector for vector in load_vectors() if vector.name.startswith("s01"))
    kept = [pair for pair in recorded.params if not pair[0].startswith("oauth_")]
    student = number % STUDENTS
    given: Mapping[str, str] = {
        "user_id": f"lti-{student:03}",
        "lis_person_sourcedid": f"44{student:05}",
        "context_id": _CONTEXT,
        "context_label": "BIOL 101-03",
        "resource_link_id": _RESOURCE,
        "tool_consumer_instance_guid": _GUID,
    }
    pairs = [(name, given.get(name, value)) for name, value in kept]
    nonce = f"{'n' * 32}{next(_nonces):010}"
    now = datetime.now(UTC)
    return signed_body(
        [*pairs, ("oauth_callback", "about:blank")], f"{url}/lti/launch", KEY, SECRET, nonce, now
    )
