"""What can be wrong with a pasted entry, and how that is said to a person."""

from __future__ import annotations

from app.forms import sound_address
from app.imports.address_text import OVERRIDE
from app.language import gettext as _

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
PATTERNS = frozenset(
    "etunimi.sukunimi firstname.lastname first.last fornamn.efternamn förnamn.efternamn name.surname".split()
)
INTERNAL = ("/o=", "/ou=", "/cn=", "ex:/", "cn=", "imceaex-", "x500:", "x400:", "c=")


def wrong_with(address: str) -> str | None:
    """Return the code of what is wrong with an address as it was written, None for one by RFC 5321, 4.1.2.

    A domain without a dot is one there; whoever takes people in asks for more (`app.forms.sound_address`).
    """
    local, at, domain = address.partition("@")
    small = address.lower()
    if not address:
        return "empty"
    if OVERRIDE in address:
        return "turned"
    if small.startswith(INTERNAL):
        return "internal"
    if "\n" in address:
        return "broken"
    if "@" in domain:
        return "two_at"
    if address.split() != [address]:
        return "space"
    if not at or not local or not domain.strip("."):
        return "no_domain"
    if not address.isascii():
        return "letters"
    if len(address) > LONGEST:
        return "long"
    if "noreply" in small.replace("-", "").replace("_", "").replace("donotreply", "noreply"):
        return "noreply"
    return None if sound_address(address if "." in domain else f"{address}.example") else "unsound"


def sentence(problem: str) -> str:
    """Return a problem's sentence in the language of the moment: what is wrong and what to do."""
    return {
        "empty": _("The brackets < > hold no address. Write the address."),
        "turned": _("This holds a hidden mark that turns the direction of text. Type the name and address anew."),
        "internal": _("This is an address inside a mail system. Ask for the e-mail address, with an @."),
        "broken": _("A line break stands within the address. Write the address on one line."),
        "two_at": _("The address has more than one @. Leave one, such as name@ministry.example."),
        "space": _("A space stands within the address. Take it out."),
        "no_domain": _("The address is not whole. Write it as name@ministry.example."),
        "letters": _("The address has letters that addresses do not have, such as ä. Write it as it is used in mail."),
        "long": _("The address is too long: at most 254 characters. Check it."),
        "pattern": _("This is the pattern of addresses and not somebody's address. Write the person's address."),
        "noreply": _("This address takes no mail. Write the person's own address."),
        "unsound": _("This is not an e-mail address. It has one @, such as name@ministry.example."),
        "list": _(
            "This looks like a distribution list and not a person. Open it in the mail program and paste its members."
        ),
        "mailbox": _("This looks like a shared mailbox and not a person. Add the person's name, or leave it out."),
        "formula": _("This is a formula and not a name. Type the name."),
        "no_name": _("This does not look like a person's name. Check it, or leave it out."),
        "hidden": _("The mail program hides these recipients. Ask the sender for the names."),
    }[problem]
