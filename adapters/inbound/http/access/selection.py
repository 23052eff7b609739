"""The answer to the LMS' selection dialog: our launch URL, signed, for the browser to post."""

from dataclasses import dataclass

from adapters.inbound.lti.content_item import (
    Consumer,
    ContentItemReply,
    LinkItem,
    content_item_reply,
    own_launch_url,
)
from application.errors import Invalid
from application.launch_context import LaunchContext
from application.ports.launches import ConsumerSecrets
from application.ports.runtime import Clock, NewSecret
from domain.link import Link


@dataclass(frozen=True, slots=True)
class SelectionReply:
    base_url: str
    secrets: ConsumerSecrets
    clock: Clock
    new_secret: NewSecret

    def __call__(self, context: LaunchContext, link: Link) -> ContentItemReply:
        """Raises: Invalid when the consumer key was revoked meanwhile."""
        now = self.clock.now()
        secrets = self.secrets.secrets_of(context.consumer_key, now)
        if not secrets:
            raise Invalid("consumer key", "it was revoked meanwhile; ask your Data Steward.")
        return content_item_reply(
            context.content_item_url,
            Consumer(context.consumer_key, secrets[0]),
            LinkItem(own_launch_url(f"{self.base_url}/lti/launch", link.id), link.title),
            data=context.content_item_data,
            now=now,
            nonce=self.new_secret(),
        )
