"""A person without a browser: opens pages, presses the buttons of their forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from entrypoints.demo import Demo

Fields = dict[str, str | list[str]]


@dataclass
class Form:
    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The field that each button sends along, by the words on it."""


class Forms(HTMLParser):
    """The forms of a page, with what they send when nothing is changed in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.links: dict[str, str] = {}
        self._text: list[str] = []
        self._tag: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("action", ""), given.get("method", "get")))
        elif tag == "input" and self.found and given.get("name"):
            unticked = given.get("type") in {"radio", "checkbox"} and "checked" not in given
            if not unticked:
                self.found[-1].fields[given["name"]] = given.get("value", "on")
        elif tag in {"button", "a"}:
            self._text, self._tag = [], given

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._text).split())
        if tag == "button" and self.found:
            sent = (self._tag.get("name", ""), self._tag.get("value", ""))
            self.found[-1].buttons.setdefault(words, sent)
        elif tag == "a":
            self.links.setdefault(words, self._tag.get("href", ""))


@dataclass
class Reader:
    """Signed in to the practice Canvas, and to Attain once a page there says so."""

    demo: Demo
    client: httpx.Client
    page: httpx.Response = field(init=False)

    def open(self, path: str) -> str:
        """A page by its address, or by its path in Attain."""
        return self._shown(self.client.get(urljoin(self.demo.attain, path)))

    def follow(self, words: str) -> str:
        """Go on by a link of the page."""
        return self.open(urljoin(str(self.page.url), Forms(self.page.text).links[words]))

    def press(self, words: str, **changed: str | list[str]) -> str:
        """Send the first form that has a button with these words at its beginning."""
        form, button = self._form_with(words)
        name, value = form.buttons[button]
        fields = {**form.fields, **({name: value} if name else {}), **changed}
        here = urlsplit(str(self.page.url))
        where = urljoin(str(self.page.url), form.action)
        origin = {"Origin": f"{here.scheme}://{here.netloc}"}
        return self._shown(self.client.request(form.method, where, data=fields, headers=origin))

    def _form_with(self, words: str) -> tuple[Form, str]:
        for form in Forms(self.page.text).found:
            for button in form.buttons:
                if button.startswith(words):
                    return form, button
        raise AssertionError((str(self.page.url), words, self.page.text))

    def _shown(self, answer: httpx.Response) -> str:
        assert answer.is_success, (str(answer.url), answer.status_code, answer.text)
        self.page = answer
        return answer.text


def arrived(demo: Demo, client: httpx.Client, login: str) -> Reader:
    """Somebody who has just signed in to the practice Canvas."""
    reader = Reader(demo, client)
    reader.open(f"{demo.canvas}/login?q={login}")
    reader.press(next(one["name"] for one in demo.seed["users"] if one["login_id"] == login))
    return reader
