"""An installation that is told nonsense does not start, and says which setting it is."""

from __future__ import annotations

import pytest

from app.errors import BadSetting
from app.settings import read_settings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KOOLLE_BASE_URL", "koolle.ministry.example"),
        ("KOOLLE_BASE_URL", "ftp://koolle.ministry.example"),
        ("KOOLLE_BASE_URL", "https://"),
        ("KOOLLE_BASE_URL", "https://koolle.ministry.example/koolle"),
        ("KOOLLE_BASE_URL", "https://koolle.ministry.example/#a"),
        ("KOOLLE_BASE_URL", "https://me@koolle.ministry.example"),
        ("KOOLLE_BASE_URL", "https://koolle.ministry.example:port"),
        ("KOOLLE_BASE_URL", "https://[::1"),
        ("KOOLLE_BASE_URL", "https://koolle ministry.example"),
        ("KOOLLE_DATABASE_URL", "mysql://localhost/koolle"),
        ("KOOLLE_DATABASE_URL", "postgresql://[::1/koolle"),
        ("KOOLLE_DATABASE_URL", "postgresql://host:port/koolle"),
        ("KOOLLE_DATABASE_URL", "sqlite:///"),
        ("KOOLLE_SECRET", "short"),
        ("KOOLLE_SECRET", ""),
        ("KOOLLE_SMTP_URL", "mail.ministry.example"),
        ("KOOLLE_SMTP_URL", "smtp://"),
        ("KOOLLE_SMTP_URL", "smtp://mail.ministry.example:port"),
        ("KOOLLE_SMTP_URL", "smtp://[::1"),
        ("KOOLLE_SMTP_URL", "smtp://mail.ministry.example:0"),
        ("KOOLLE_MAIL_FROM", "koolle"),
        ("KOOLLE_MAIL_FROM", "@"),
        ("KOOLLE_MAIL_FROM", "koolle@"),
        ("KOOLLE_MAIL_FROM", "a@b@ministry.example"),
        ("KOOLLE_MAIL_FROM", "Koolle <koolle@ministry.example>"),
        ("KOOLLE_IMAP_URL", "mail.ministry.example"),
        ("KOOLLE_IMAP_URL", "imaps://mail.ministry.example"),
        ("KOOLLE_IMAP_URL", "imaps://user@mail.ministry.example"),
        ("KOOLLE_IMAP_URL", "pop3://user:word@mail.ministry.example"),
        ("KOOLLE_IMAP_URL", "imaps://user:word@mail.ministry.example/INBOX?seen"),
        ("KOOLLE_MAIL_AUTHSERV", "mx.ministry.example; dmarc=pass"),
        ("KOOLLE_AUDIT_MAIL", "tarkastus"),
        ("KOOLLE_LINK_DAYS", "0"),
        ("KOOLLE_LINK_DAYS", "a month"),
        ("KOOLLE_PROXIES", "proxy.ministry.example"),
        ("KOOLLE_PROXIES", "10.0.0.2, 0.0.0.0/0"),
        ("KOOLLE_PROXIES", "::ffff:10.0.0.2"),
        ("KOOLLE_PROXIES", "::ffff:10.0.0.0/104"),
        ("KOOLLE_LEAKED", "/nowhere/leaked.txt"),
        ("KOOLLE_LEAKED", __file__),
        ("KOOLLE_BACKUPS", "~nobody-of-that-name/backups"),
        ("KOOLLE_MAIL_NAME", "Koolle\r\nBcc: kaino@ministry.example"),
    ],
)
def test_nonsense_is_named(tmp_path, name, text):
    with pytest.raises(BadSetting) as refused:
        read_settings({"KOOLLE_DATA": str(tmp_path), name: text})
    assert (refused.value.name, str(refused.value).startswith(name)) == (name, True)


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp-plain"])
def test_ways_to_a_mail_server(tmp_path, scheme):
    environ = {"KOOLLE_DATA": str(tmp_path), "KOOLLE_MAIL_FROM": "koolle@ministry.example"}
    url = f"{scheme}://relay.ministry.example"
    assert read_settings(environ | {"KOOLLE_SMTP_URL": url}).smtp_url == url


def test_a_mail_server_needs_a_sender(tmp_path):
    with pytest.raises(BadSetting, match="KOOLLE_MAIL_FROM is needed with KOOLLE_SMTP_URL"):
        read_settings({"KOOLLE_DATA": str(tmp_path), "KOOLLE_SMTP_URL": "smtp://mail.ministry.example"})


def test_the_data_folder_must_be_a_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="KOOLLE_DATA"):
        read_settings({"KOOLLE_DATA": str(tmp_path / "file")})


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("https://Koolle.Ministry.example/", {"koolle.ministry.example"}),
        ("https://koolle.ministry.example:443", {"koolle.ministry.example"}),
        ("http://koolle.ministry.example:80", {"koolle.ministry.example"}),
        ("https://koolle.ministry.example:8443", {"koolle.ministry.example:8443"}),
        ("http://localhost:8000", {"localhost:8000", "127.0.0.1:8000"}),
        ("http://[::1]:8000", {"[::1]:8000"}),
    ],
)
def test_the_names_that_are_ours(tmp_path, address, hosts):
    assert read_settings({"KOOLLE_DATA": str(tmp_path), "KOOLLE_BASE_URL": address}).hosts == hosts
