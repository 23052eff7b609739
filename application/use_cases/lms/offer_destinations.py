"""The accounts of the LMS among which a person may choose where outcomes go."""

from dataclasses import dataclass

from application.account_tree import TreeAccount
from application.queries.outcome_sync.sync_scopes import SiteChoice
from application.use_cases.lms.read_accounts import ReadAccounts
from application.viewers import Viewer


@dataclass(frozen=True, slots=True)
class OfferDestinations:
    """Stewards choose among all accounts, others among those paired with an org of theirs."""

    read_accounts: ReadAccounts

    async def __call__(self, viewer: Viewer, choice: SiteChoice) -> tuple[TreeAccount, ...]:
        """Never raises an LmsError: stewards too get the paired ones when the LMS is away."""
        paired = tuple(
            TreeAccount(one.account_ref, one.account_name or one.account_ref, None, 0)
            for one in choice.pairings
        )
        if not viewer.sees_all:
            return paired
        tree = await self.read_accounts(choice.site, viewer.person_id)
        return tree.accounts or paired
