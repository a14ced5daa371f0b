"""Who asks, where proxies stand between: what they tell in X-Forwarded-For, as far as it is believed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

WITH_PORT = re.compile(r"\[(?P<in_brackets>[^\[\]]*)\](?::\d*)?|(?P<bare>[\d.]+):\d*")


def address_of(text: str) -> Address | None:
    """Return an address as it is counted and noted, None for what is none.

    One of IPv4 that came to a socket of both kinds (RFC 4291, 2.5.5.2) is one of IPv4, and no zone (RFC 4007, section
    11) belongs to it: a zone's name has any length and any letters.
    """
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address):
        return parsed.ipv4_mapped or IPv6Address(int(parsed))
    return parsed


def networks_of(proxies: Sequence[str]) -> tuple[Network, ...]:
    """Return what is listed, to be compared with. Raises ValueError."""
    return tuple(ip_network(proxy) for proxy in proxies)


def who_asks(peer: str, told: str, proxies: Sequence[Network]) -> str:
    """Return who asks: peer, or who a listed proxy tells that it is.

    peer: the other end of the connection; told: X-Forwarded-For, to which each proxy adds at the end who came to it.
    From there on whoever is no listed proxy is who asks; what stands before they may have written themselves. Where no
    address stands there, or none that is not listed, it is the peer.
    """
    at_the_end = address_of(peer)
    if at_the_end is None:
        return peer
    if not _listed(at_the_end, proxies):
        return str(at_the_end)
    for entry in reversed(told.split(",")):
        if not (entry := entry.strip()):
            continue
        address = _without_port(entry)
        if address is None:
            break
        if not _listed(address, proxies):
            return str(address)
    return str(at_the_end)


def _without_port(entry: str) -> Address | None:
    found = WITH_PORT.fullmatch(entry)
    text = (found["in_brackets"] or found["bare"] or "") if found else entry
    return None if "%" in text else address_of(text)


def _listed(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)
