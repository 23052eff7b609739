"""What every sealer promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.secrets.keyring import Keyring
from application.errors import Invalid
from application.ports.secrets import Sealer, SecretUnreadable

OLD = "an-old-key-of-the-college-0123456789abcdef"
NEW = "the-present-key-of-the-college-0123456789a"
ROW = "consumer-key:one"


@pytest.fixture(scope="module")
def sealer() -> Sealer:
    return Keyring([NEW, OLD])


class TestSealing:
    @given(secret=st.text(st.characters(exclude_categories=["Cs"])))
    def test_a_secret_comes_back(self, sealer: Sealer, secret: str) -> None:
        assert sealer.open(sealer.seal(secret, ROW), ROW) == secret

    def test_the_secret_is_not_in_what_is_stored(self, sealer: Sealer) -> None:
        assert b"hunter2" not in sealer.seal("hunter2", ROW)

    def test_no_two_seals_are_alike(self, sealer: Sealer) -> None:
        assert sealer.seal("hunter2", ROW) != sealer.seal("hunter2", ROW)

    def test_a_seal_of_another_row_is_refused(self, sealer: Sealer) -> None:
        sealed = sealer.seal("hunter2", ROW)

        with pytest.raises(SecretUnreadable, match="consumer-key:two"):
            sealer.open(sealed, "consumer-key:two")

    def test_any_changed_byte_is_refused(self, sealer: Sealer) -> None:
        sealed = sealer.seal("hunter2", ROW)

        for place in range(len(sealed)):
            damaged = bytes(
                byte ^ 1 if index == place else byte for index, byte in enumerate(sealed)
            )
            with pytest.raises(SecretUnreadable):
                sealer.open(damaged, ROW)

    def test_any_cut_is_refused(self, sealer: Sealer) -> None:
        sealed = sealer.seal("hunter2", ROW)

        for length in range(len(sealed)):
            with pytest.raises(SecretUnreadable):
                sealer.open(sealed[:length], ROW)

    def test_a_refusal_does_not_tell_the_secret(self, sealer: Sealer) -> None:
        with pytest.raises(SecretUnreadable) as refusal:
            sealer.open(sealer.seal("hunter2", ROW), "other")

        assert "hunter2" not in str(refusal.value)


class TestRotation:
    def test_an_old_key_still_opens_and_is_stale(self) -> None:
        sealed = Keyring([OLD]).seal("hunter2", ROW)
        rotated = Keyring([NEW, OLD])

        assert rotated.open(sealed, ROW) == "hunter2"
        assert rotated.is_stale(sealed)
        assert not rotated.is_stale(rotated.seal("hunter2", ROW))

    def test_a_key_that_is_gone_does_not_open(self) -> None:
        sealed = Keyring([OLD]).seal("hunter2", ROW)

        with pytest.raises(SecretUnreadable):
            Keyring([NEW]).open(sealed, ROW)

    def test_the_place_of_a_key_does_not_matter(self) -> None:
        sealed = Keyring([NEW, OLD]).seal("hunter2", ROW)

        assert Keyring([OLD, NEW]).open(sealed, ROW) == "hunter2"

    def test_blanks_around_a_key_do_not_matter(self) -> None:
        sealed = Keyring([f" {NEW}\n"]).seal("hunter2", ROW)

        assert Keyring([NEW]).open(sealed, ROW) == "hunter2"

    @pytest.mark.parametrize("keys", [[], [""], ["too-short"], [NEW, "too-short"]])
    def test_a_ring_needs_good_keys(self, keys: list[str]) -> None:
        with pytest.raises(Invalid) as refusal:
            Keyring(keys)

        assert "too-short" not in str(refusal.value)
