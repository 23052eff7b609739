"""Descriptions on their way to Canvas and back: our text whole, other people's HTML readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rich_text import html_of, text_of
from sandbox.canvas.rich_text import sanitised

written = st.text(st.sampled_from("ab <>&;\"'\n\r\t#x3quot{}[]()é½🧭日\u00a0-*"), max_size=40)


def unified(text: str) -> str:
    """As a person sees it: one kind of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@given(st.one_of(written, st.text(st.characters(exclude_categories=["Cc", "Cs"]))))
def test_our_text_comes_back_whole(text: str) -> None:
    assert text_of(html_of(text)) == unified(text)


@given(written)
def test_our_text_survives_the_sanitiser(text: str) -> None:
    assert text_of(sanitised(html_of(text))) == unified(text)


@given(written)
def test_what_was_read_is_written_the_same_again(text: str) -> None:
    once = html_of(text)
    assert html_of(text_of(once)) == once


@given(written)
def test_nothing_of_our_text_becomes_a_tag(text: str) -> None:
    html = html_of(text).replace("<p>", "").replace("</p>", "").replace("<br>", "")
    assert "<" not in html
    assert ">" not in html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (None, ""),
        ("", ""),
        ("Bare text", "Bare text"),
        ("<p>One.</p>\n\n   <p>Two.</p>\n", "One.\n\nTwo."),
        ("<p>Line<br />next<br/>last</p>", "Line\nnext\nlast"),
        ("<p>laid\n     out</p>", "laid out"),
        ("<p>AT&amp;T &lt;b&gt; &#39;x&#39; &quot;y&quot;</p>", "AT&T <b> 'x' \"y\""),
        ("<p>Some <strong>bold</strong> <em>words</em>.</p>", "Some bold words."),
        ("<p>See</p><ul>\n<li>one</li>\n<li>two</li>\n</ul>", "See\n\none\ntwo"),
        ("<div><div>in</div></div><div>out</div>", "in\n\nout"),
        ('<link rel="x" href="y"><p>Seen</p><script>alert("x")</script>', "Seen"),
        ("<style>p {}</style>Seen<h2>Head</h2>Body", "Seen\n\nHead\n\nBody"),
        ("<p>never closed <b>at all", "never closed at all"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"),
    ],
)
def test_html_of_others_is_read_as_text(html: str | None, text: str) -> None:
    assert text_of(html) == text
