"""The two session cookies, written by hand where the framework lacks `Partitioned`."""

from dataclasses import dataclass
from typing import Any

from litestar.datastructures import Cookie


class PartitionedCookie(Cookie):
    """A cookie in a jar of its own for each site that frames us (CHIPS)."""

    def to_header(self, **kwargs: Any) -> str:  # noqa: ANN401 the framework's own signature
        return f"{super().to_header(**kwargs)}; Partitioned"


@dataclass(frozen=True, slots=True)
class SessionCookies:
    """Names and attributes. Browsers refuse `__Host-` and `Secure` over plain http.

    Setting one clears the other: the launch in a frame and the window of one's own keep
    apart, and on a shared machine the last one who signed in is the one who is signed in.
    """

    secure: bool

    @property
    def launch(self) -> str:
        return "__Host-attain" if self.secure else "attain"

    @property
    def window(self) -> str:
        return f"{self.launch}-window"

    def read(self, cookies: dict[str, str]) -> tuple[str, ...]:
        return tuple(cookies[name] for name in (self.launch, self.window) if name in cookies)

    def after_launch(self, secret: str) -> list[Cookie]:
        return [self._launch_cookie(secret), self._window_cookie("", max_age=0)]

    def in_own_window(self, secret: str) -> list[Cookie]:
        return [self._launch_cookie("", max_age=0), self._window_cookie(secret)]

    def cleared(self) -> list[Cookie]:
        return [self._launch_cookie("", max_age=0), self._window_cookie("", max_age=0)]

    def _launch_cookie(self, value: str, max_age: int | None = None) -> Cookie:
        if not self.secure:
            return Cookie(self.launch, value=value, max_age=max_age, httponly=True, samesite="lax")
        return PartitionedCookie(
            self.launch, value=value, max_age=max_age, secure=True, httponly=True, samesite="none"
        )

    def _window_cookie(self, value: str, max_age: int | None = None) -> Cookie:
        return Cookie(
            self.window,
            value=value,
            max_age=max_age,
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
