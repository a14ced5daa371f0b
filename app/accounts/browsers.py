"""Says in words which browser asks, out of its User-Agent (RFC 9110 section 10.1.5). Pure."""

from __future__ import annotations

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def words_of(agent: str) -> str | None:
    """Return such as `Firefox, Windows`; None where nothing is known of it."""
    found = [next((word for sign, word in kinds if sign in agent[:500]), None) for kinds in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or None
