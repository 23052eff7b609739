"""Files through a scanner: what it says, and when it says nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.outbound.clamd.address import clamd_address
from adapters.outbound.clamd.scanner import Clamd
from application.errors import ScannerUnavailable
from tests.adapters.evidence.clamd_double import BAD, ClamdDouble, listening

LARGE = 3_000_000


async def blocks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_a_verdict_over_a_port_and_over_a_socket(tmp_path: Path) -> None:
    double = ClamdDouble()
    for path in ("", str(tmp_path / "clamd.sock")):
        async with listening(double, path) as address:
            scanner = Clamd(clamd_address(address))
            assert not await scanner.finds(blocks(b"fine", bytes(LARGE), b"too"))
            assert await scanner.finds(blocks(b"not ", BAD, b" fine"))
    assert double.seen == [LARGE + 7, len(BAD) + 9] * 2


@pytest.mark.parametrize(
    ("double", "said"),
    [
        (ClamdDouble(answer=b"stream: Can't allocate memory ERROR\0"), "could not look into"),
        (ClamdDouble(answer=b""), "does not answer"),
        (ClamdDouble(most=1_000_000), "raise StreamMaxLength"),
    ],
    ids=["error", "silence", "too large"],
)
async def test_no_verdict_is_no_clean_file(double: ClamdDouble, said: str) -> None:
    async with listening(double) as address:
        with pytest.raises(ScannerUnavailable, match=said):
            await Clamd(clamd_address(address)).finds(blocks(bytes(LARGE), bytes(LARGE)))


async def test_nobody_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScannerUnavailable, match="does not answer"):
        await Clamd(clamd_address(f"unix://{tmp_path}/none")).finds(blocks(b"x"))


@pytest.mark.parametrize("url", ["", "clamd", "http://x", "unix://relative", "tcp://", "tcp://h/p"])
def test_an_address_that_names_nothing_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="give tcp://"):
        clamd_address(url)
