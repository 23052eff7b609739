"""Large files through a real server: how much memory they take, and what a cut leaves."""

from hashlib import sha256

from tests.crash.processes import Processes, until
from tests.crash.school import School
from tests.crash.sending_files import BLOCK, HEAD, Sender, sending

MEGA = 1_000_000
LARGE = 200 * MEGA
MOST = 100 * MEGA


def test_large_files_stream_and_cut_ones_leave_nothing(
    lone_school: School, processes: Processes
) -> None:
    """One server for all of it: its start is what takes the time."""
    with sending(lone_school, processes) as sender:
        sender.streamed(len(HEAD))  # what is imported at the first file is no file's memory
        before, said = sender.peak(), processes.said
        sender.forget_peak()

        answer = sender.streamed(LARGE)
        assert b" 201 " in answer.partition(b"\r\n")[0], said()
        assert sender.peak() - before < MOST

        sender.forget_peak()
        assert b" 303 " in sender.by_form(LARGE).partition(b"\r\n")[0], said()
        assert sender.peak() - before < MOST

        assert [(one.file.size, one.file.digest) for one in sender.kept()[1:]] == [
            (LARGE, digest_of(LARGE))
        ] * 2
        leaves_nothing_when_cut(sender)


def leaves_nothing_when_cut(sender: Sender) -> None:
    kept, stored = sender.kept(), sorted(sender.stored())
    for cut_at in (0, 100, 12 * MEGA):
        sender.streamed(LARGE, cut_at=cut_at)
    assert b" 201 " in sender.streamed(len(HEAD)).partition(b"\r\n")[0]
    expected = sorted([*stored, len(HEAD)])
    until(lambda: sorted(sender.stored()) == expected, sender.stored)
    assert len(sender.kept()) == len(kept) + 1


def digest_of(size: int) -> str:
    found = sha256(HEAD)
    for start in range(len(HEAD), size, len(BLOCK)):
        found.update(BLOCK[: size - start])
    return found.hexdigest()
