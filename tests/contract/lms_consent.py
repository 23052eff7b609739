"""What an LMS plug-in does when people consent; asked of those who declare signing in."""

import pytest

from application.errors import LmsUnauthorised
from application.ports.lms import LmsCapability
from application.ports.lms_plugin import ConsentRefusal
from tests.contract.harness import HeldTokens, LmsHarness
from tests.contract.lms_scene import BACK, redeemed


class ConsentContract:
    """The OAuth2 code flow: from the address of the consent page to a token given back."""

    needs = LmsCapability.SIGN_IN

    async def test_consent_names_client_return_and_state(self, harness: LmsHarness) -> None:
        url = harness.lms.consent_url(harness.site, redirect_uri=BACK, state="st-4711")
        assert url.startswith(harness.site.url)
        assert harness.site.client_id in url
        assert "st-4711" in url
        assert harness.site.client_secret not in url

    async def test_the_consent_page_tells_how_the_client_is_set_up(
        self, harness: LmsHarness
    ) -> None:
        async def told(redirect_uri: str = BACK) -> ConsentRefusal | None:
            return (await harness.lms.consent_page(harness.site, redirect_uri=redirect_uri)).refusal

        assert await told() is None
        assert await told("https://attain.test/not-registered") is ConsentRefusal.REDIRECT
        harness.given_scope_lost()
        assert await told() is ConsentRefusal.SCOPES
        assert harness.renewals() == 0

    async def test_a_code_gives_tokens_once(self, harness: LmsHarness) -> None:
        code = harness.given_code()
        grant = await harness.lms.redeem(harness.site, code=code, redirect_uri=BACK)
        assert grant.account.ref == harness.teacher
        assert grant.refresh_token
        assert grant.access_token not in repr(grant)
        with pytest.raises(LmsUnauthorised) as caught:
            await harness.lms.redeem(harness.site, code=code, redirect_uri=BACK)
        assert code not in str(caught.value)

    async def test_a_revoked_token_is_dead_and_may_be_revoked_again(
        self, harness: LmsHarness
    ) -> None:
        grant = await redeemed(harness)
        tokens = HeldTokens(harness.lms, harness.site, grant)
        gateway = harness.lms.acting(harness.site, tokens)
        assert (await gateway.me()).ref == harness.teacher
        await harness.lms.revoke(harness.site, access_token=grant.access_token)
        with pytest.raises(LmsUnauthorised):
            await gateway.me()
        await harness.lms.revoke(harness.site, access_token=grant.access_token)
