"""Why something was not started: one sentence with the cure, and nothing half done."""


class CannotStart(Exception):
    """Nothing was started."""

    slug = "invalid"


class SchemaOutdated(CannotStart):
    """The database is of another version than the program."""

    def __init__(self) -> None:
        super().__init__("The database schema is not current. Run `attain db upgrade` first.")


class PortTaken(CannotStart):
    """Somebody else listens there."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is taken. Stop what uses it, or choose another with --port."
        )


class DemoFailed(CannotStart):
    """A part of the demo did not come up; the message quotes the end of its log."""
