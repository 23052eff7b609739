"""What a person reads when a launch is refused before anybody is matched."""

from application.errors import LaunchRejected

_SENTENCES = {
    "launch-malformed": (
        "The launch did not arrive complete. Open it again from your course. "
        "If that does not help, ask the help desk to check the tool's settings in the LMS."
    ),
    "launch-version-unsupported": (
        "Your LMS launched Attain with a version of LTI that Attain does not serve here. "
        "Ask the help desk to install Attain as an LTI 1.1 tool."
    ),
    "launch-key-unknown": (
        "Your LMS launched Attain with a consumer key that is not known here or was revoked. "
        "Ask the help desk to enter a current key in the LMS."
    ),
    "launch-signature-invalid": (
        "Attain could not make sure that this launch comes from your LMS. Ask the help desk to "
        "compare the key, the shared secret and the launch address in the LMS with those here."
    ),
    "launch-expired": (
        "This launch is too old, or the clocks of the two systems differ. "
        "Reload the page in your course and open it again."
    ),
    "launch-replayed": (
        "This launch was used before. Go back to your course and open it again from there."
    ),
    "launch-message-unsupported": (
        "Your LMS asked for something that Attain does not do from this place. "
        "Open Attain from an assignment or from the course menu."
    ),
}


def refused(slug: str, reason: str = "") -> LaunchRejected:
    """The refusal of that slug. `reason` names the broken rule for the log, never a value."""
    return LaunchRejected(slug, _SENTENCES[slug], reason=reason)


def malformed(reason: str) -> LaunchRejected:
    return refused("launch-malformed", reason)
