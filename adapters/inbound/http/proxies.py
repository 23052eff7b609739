"""Whose word counts about where a request comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from adapters.inbound.http.visit import AnyConnection


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    networks: Sequence[IPv4Network | IPv6Network] = ()

    def source_of(self, connection: AnyConnection) -> str:
        """The client's address: the last hop that is no trusted proxy of ours."""
        peer = connection.client.host if connection.client else ""
        hops = connection.headers.get("x-forwarded-for", "").split(",")
        for hop in (peer, *(one.strip() for one in reversed(hops))):
            if not self.trusts(hop):
                return hop or peer
        return peer

    def trusts(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self.networks)
