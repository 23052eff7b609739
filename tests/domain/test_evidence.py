"""Evidence: its legal moves, its names, and what stands for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IllegalMove, NonsenseValue
from domain.evidence import (
    EvidenceKind,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    TargetKind,
    is_web_address,
)
from domain.file_name import LONGEST, shown_name
from tests.evidence_builders import ANA, WORK, a_link_as_evidence, evidence


class TestMoves:
    def test_what_was_removed_says_nothing_any_more(self) -> None:
        gone = evidence(description="mine").removed()

        assert (gone.title, gone.description, gone.file.key) == ("", "", "")
        assert gone.state is EvidenceState.REMOVED
        assert gone.removed() == gone
        for move in (gone.retired, gone.restored):
            with pytest.raises(IllegalMove):
                move()

    def test_only_what_is_kept_is_retired_and_comes_back(self) -> None:
        retired = evidence().retired()

        assert retired.restored() == evidence()
        with pytest.raises(IllegalMove):
            retired.retired()

    def test_nobody_opens_what_waits_or_was_refused(self) -> None:
        waiting = evidence(scan=ScanState.WAITING)

        assert not waiting.is_openable
        assert waiting.scanned(clean=True).is_openable
        assert not waiting.scanned(clean=False).is_openable
        assert waiting.scanned(clean=False).file.key == ""
        assert not a_link_as_evidence().is_openable


class TestWhatIsNonsense:
    @pytest.mark.parametrize(
        "named",
        [
            (TargetKind.RESULT, WORK, None, None),
            (TargetKind.WORK, WORK, ANA, None),
            (TargetKind.ACTION_PLAN, WORK, None, "plan"),
            (TargetKind.ACTION_PLAN, None, None, None),
            (TargetKind.DLA, None, None, None, "assigned"),
            (TargetKind.RESULT, WORK, ANA, None, "assigned"),
        ],
    )
    def test_a_target_names_just_what_it_is_about(self, named: tuple[TargetKind]) -> None:
        with pytest.raises(NonsenseValue):
            EvidenceTarget(*named)

    @pytest.mark.parametrize("url", ["", "javascript:alert(1)", "file:///etc", "https://", "a b"])
    def test_a_link_leads_to_the_web(self, url: str) -> None:
        assert not is_web_address(url)
        with pytest.raises(NonsenseValue):
            a_link_as_evidence(url=url)

    def test_a_title_says_what_it_is(self) -> None:
        with pytest.raises(NonsenseValue):
            evidence(title=" ")
        assert evidence(kind=EvidenceKind.FILE).is_kept


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            ("draft.pdf", "draft.pdf"),
            ("Draft.PDF", "Draft.PDF"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\ana\\draft.pdf", "draft.pdf"),
            ("page.html", "page.html.pdf"),
            ("", "file.pdf"),
            ("...", "file.pdf"),
            (".pdf", "pdf.pdf"),
            ("con.pdf", "_con.pdf"),
            ("fdp\u202eexe.pdf", "fdpexe.pdf"),
            ("a\r\nb\0.pdf", "ab.pdf"),
            ("مقال.pdf", "مقال.pdf"),
            ("Bài luận 論文.pdf", "Bài luận 論文.pdf"),
        ],
    )
    def test_as_they_are_shown(self, sent: str, shown: str) -> None:
        assert shown_name(sent, (".pdf",)) == shown

    @given(st.text(max_size=400))
    def test_any_name_is_harmless_and_stays_so(self, sent: str) -> None:
        shown = shown_name(sent, (".pdf",))

        assert re.fullmatch(r"[^/\\:\"<>|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+", shown)
        assert shown.lower().endswith(".pdf")
        assert len(shown) <= LONGEST
        assert not shown.startswith(".")
        assert shown_name(shown, (".pdf",)) == shown
