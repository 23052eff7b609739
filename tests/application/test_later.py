"""Late imports: nothing is imported before the first call, and nobody else notices."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from threading import Thread
from types import ModuleType

import pytest

from application.later import StandIn, imported_later

SEEN = "seen_for_the_first_time"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder from which modules come, of which nobody has heard before."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / f"{SEEN}.py").write_text("def greeting(name):\n    return f'Good day, {name}'\n")
    yield tmp_path
    for name in [*sys.modules]:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]


def imported(shelf: Path, name: str, text: str) -> ModuleType:
    (shelf / f"{name}.py").write_text(dedent(text))
    return __import__(name)


def test_the_first_call_imports(shelf: Path) -> None:
    with imported_later(__name__):
        from seen_for_the_first_time import (  # type: ignore[import-not-found] # made above
            greeting,
        )

    assert isinstance(greeting, StandIn)
    assert SEEN not in sys.modules
    assert greeting("Dana") == "Good day, Dana"
    assert SEEN in sys.modules


def test_a_name_that_is_nowhere_is_told_at_the_call(shelf: Path) -> None:
    with imported_later(__name__):
        from seen_for_the_first_time import farewell

    with pytest.raises(AttributeError, match="farewell"):
        farewell()


def test_what_comes_after_is_imported_at_once(shelf: Path) -> None:
    def fail() -> None:
        with imported_later(__name__):
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    from seen_for_the_first_time import greeting

    assert not isinstance(greeting, StandIn)


def test_whole_modules_and_those_of_others_do_not_wait(shelf: Path) -> None:
    with imported_later(__name__):
        import seen_for_the_first_time as whole

        other = imported(shelf, "other", f"from {SEEN} import greeting")

    assert whole.greeting("Ada") == other.greeting("Ada") == "Good day, Ada"


def test_another_thread_imports_meanwhile(shelf: Path) -> None:
    met: list[ModuleType] = []
    thread = Thread(
        target=lambda: met.append(imported(shelf, "busy", f"from {SEEN} import greeting"))
    )

    with imported_later(__name__):
        thread.start()
        thread.join()

    assert met[0].greeting("Eve") == "Good day, Eve"


def test_two_modules_may_wait_at_the_same_time(shelf: Path) -> None:
    for name in ("left", "right"):
        (shelf / f"{name}.py").write_text(
            dedent(f"""
            from application.later import imported_later
            with imported_later(__name__):
                from {SEEN} import greeting
            """)
        )
    before = __import__("builtins").__import__

    threads = [Thread(target=__import__, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert __import__("builtins").__import__ is before
    assert all(isinstance(sys.modules[name].greeting, StandIn) for name in ("left", "right"))
