"""The rules of security that `mutations.py` breaks one by one: where each stands, how it breaks, which tests see it."""

from __future__ import annotations

from typing import NamedTuple

HERE = "tests/security/test_"


class Rule(NamedTuple):
    """A rule in a file: the text that holds it, the text that breaks it, and arguments of pytest."""

    name: str
    file: str
    holds: str
    breaks: str
    tests: tuple[str, ...]


def rule(name: str, file: str, holds: str, breaks: str, test: str, *only: str) -> Rule:
    chosen = ("-k", only[0]) if only else ()
    return Rule(name, file, holds, breaks, (test if "/" in test else f"{HERE}{test}.py", *chosen))


RULES = [
    rule("the door knows its host", "app/guard.py", 'if headers.get("host", "").lower() not in self.hosts:',
         "if False:", "cve_2021_30185", "another_host"),
    rule("a form comes from our origin", "app/guard.py", 'return headers.get("origin") in self.origins', "return True",
         "cve_2020_36389", "another and site"),
    rule("Fetch Metadata goes before the origin", "app/guard.py", 'return site == "same-origin"',
         'return site != "cross-site"', "cve_2020_36389", "neighbour"),
    rule("a request says how long it is", "app/guard.py", 'if "transfer-encoding" in headers:', "if False:",
         "cve_2024_47874", "does_not_say"),
    rule("only our own scripts run", "app/guard.py", "script-src 'self';", "script-src 'self' 'unsafe-inline';",
         "cve_2023_37901"),
    rule("no address without its row in the policy", "app/main.py", "if unknown := {", "if unknown := set() and {",
         "cve_2025_59034", "without_a_row"),
    rule("a role may what its row says", "app/access.py", "if not may(seat.role, takes) or (",
         "if False and (",
         "cve_2025_59034", "role"),
    rule("what another secretariat keeps is not loaded", "app/secretariats/scope.py",
         "seen = state.session.info.get(SEES)", "seen = None", "cve_2025_53640", "suggestions"),
    rule("an arrived mail is its event's", "app/inbox/models.py",
         "return func.coalesce(*parts) == secretariat_id", "return func.coalesce(*parts) == func.coalesce(*parts)",
         "cve_2026_5600"),
    rule("a link is of one purpose", "app/links/tokens.py", 'f"link|{purpose}|{public_id}|{version}"',
         'f"link|{public_id}|{version}"', "cve_2026_28803", "one_purpose"),
    rule("a renewed link is another one", "app/links/tokens.py", 'f"link|{purpose}|{public_id}|{version}"',
         'f"link|{purpose}|{public_id}"', "cve_2026_28803", "one_purpose"),
    rule("a revoked link opens nothing", "app/links/links.py", "if link is None or link.revoked_at is not None:",
         "if link is None:", "cve_2026_28803", "revoked"),
    rule("a link's cookie opens its own page", "app/guests/opening.py", "if link.public_id != public_id:", "if False:",
         "cve_2025_65021", "another_guests"),
    rule("a form is its own link's", "app/guests/opening.py", "if posted_id != guest.public_id:", "if False:",
         "cve_2025_65021", "another_guests"),
    rule("guesses are counted", "app/guests/guessing.py", "return over or len(",
         "return False and len(",
         "cve_2025_47781", "counted"),
    rule("what is shown is escaped", "app/web.py", "autoescape=True", "autoescape=False", "cve_2025_27516", "escaped"),
    rule("a text links by three schemes", "app/markdown.py", 'url_schemes={"https", "mailto", "tel"}',
         'url_schemes={"http", "https", "mailto", "tel"}', "cve_2025_59035", "leads"),
    rule("one is led on to our own paths", "app/web.py", 'and not text.startswith(("//", "/\\\\"))', "",
         "cve_2024_45399", "elsewhere"),
    rule("a form has so many fields", "app/web.py", "sent = fields_of(await request.body(), MOST_FIELDS)",
         "sent = fields_of(await request.body(), 10**9)", "cve_2023_30798", "one_line"),
    rule("a value is not filled in again", "app/invitations/placeholders.py", "change(values[match[1]])",
         "change(WORD.sub(lambda again: values.get(again[1], again[0]), values[match[1]]))", "cve_2026_2415",
         "looked_at_again"),
    rule("a paper fetches nothing", "app/pdf/renderer.py",
         'return URLFetcherResponse(url, font(name) if name in self.names else b"", {"Content-Type": "font/ttf"})',
         "return super().fetch(url, headers)", "cve_2025_68616", "fetcher_answers"),
    rule("what was sent is opened by what can open nothing else", "app/pdf/apart.py",
         "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))", "pass", "tests/pdf/test_apart.py", "neither"),
    rule("nothing of an upload is unpacked", "app/files/measuring.py",
         'archive.getinfo("mimetype").compress_type != ZIP_STORED', "False", "tests/files/test_measuring.py",
         "says_less"),
    rule("a scanner knows no secret", "app/files/scanning.py",
         'env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},', "", "tests/files/test_scanning.py"),
    rule("no open copy lies beside the backups", "app/backups/taking.py", "with scratch(settings.data, BACKUP)",
         "with scratch(folder, BACKUP)", "tests/backups/test_scratch.py", "killed"),
    rule("a restore signs everybody out", "app/backups/restoring.py", "    close_what_opens(connection)\n", "",
         "tests/backups/test_backups.py", "world_comes_back and sqlite"),
    rule("a paper attaches nothing by itself", "app/pdf/renderer.py", "document.metadata.attachments = []", "pass",
         "ghsa_35jj_wx47_4w8r"),
    rule("old attributes are no styles", "app/pdf/renderer.py", "font_config=fonts, stylesheets=[sheet])",
         "font_config=fonts, stylesheets=[sheet], presentational_hints=True)", "cve_2026_49452"),
    rule("a file is what its first bytes say", "app/files/measuring.py", "if not content.startswith(beginning):",
         "if False:", "pretalx_2026_2"),
    rule("an archive unpacks to so much", "app/files/measuring.py", "MOST_RATIO = 100", "MOST_RATIO = 1_000_000",
         "pretalx_2026_2"),
    rule("an upload is handed over sealed", "app/files/handing.py",
         """SEALED = {"Content-Security-Policy": "sandbox; default-src 'none'"}""", "SEALED = {}", "cve_2026_25739",
         "never_shown"),
    rule("a cell of a CSV is no formula", "app/spreadsheet.py", """return f"'{cell}" if ALIVE.match(cell) else cell""",
         "return cell", "hi_events_1_11_1", "csv"),
    rule("an address ends no line", "app/mail/envelope.py",
         "if not (local and at and domain) or not _plain(local) or not _plain(domain):",
         "if not (local and at and domain):", "ghsa_8xv5_4855_24qf", "no_address"),
    rule("nothing said before TLS counts", "app/mail/connecting.py", "        talk.in_step()\n        _encrypt(talk)",
         "        _encrypt(talk)", "ghsa_vxj7_4xrp_5vr4"),
    rule("a calendar is nested so deep", "app/inbox/calendars.py", "if len(within) > MOST_DEEP:", "if False:",
         "ghsa_cv84_9p8j_fj68"),
    rule("an entry of the trail holds the one before", "app/audit/chain.py",
         "return hmac.digest(key, before + text.encode(), hashlib.sha256)",
         "return hmac.digest(key, text.encode(), hashlib.sha256)", "tests/audit/test_chain.py"),
    rule("the database refuses to change the trail", "alembic/versions/0014_keep_an_audit_trail.py",
         "SELECT RAISE(ABORT, 'the audit trail is never changed')", "SELECT 1", "tests/audit/test_trail.py",
         "refuses_to_change and sqlite"),
    rule("an answer is the browser's that asked", "app/accounts/organisation.py",
         'or not _same(state, kept["state"])', "", "cve_2025_68158", "another_browser"),
    rule("a token has the nonce that was given", "app/accounts/organisation.py",
         'nonce={"essential": True, "value": nonce},', 'nonce={"essential": False},', "cve_2026_114617",
         "made_for_this"),
    rule("a token is made for us", "app/accounts/organisation.py",
         'aud={"essential": True, "value": settings.oidc_client_id}', 'aud={"essential": True}', "cve_2026_114617",
         "made_for_this"),
    rule("an invitation ends", "app/accounts/colleagues.py",
         "valid = AccountInvitation.token_hash == digest(token), AccountInvitation.expires_at > at",
         "valid = (AccountInvitation.token_hash == digest(token),)", "cve_2023_48220", "seventy_two or ran_out"),
    rule("five wrong codes end it", "app/accounts/routes.py", "if step.wrong >= MOST_WRONG_CODES:", "if False:",
         "cve_2025_47781", "five_wrong"),
    rule("a code opens once", "app/accounts/one_time.py", "if step > row.step and hmac", "if hmac",
         "cve_2025_47781", "opens_once"),
    rule("nobody has the hash of somebody", "app/accounts/passwords.py", "kept or _nobodys())",
         "kept) if kept else (False, None)", "cve_2024_22893", "unknown_address"),
    rule("it is looked who sends much", "app/bodies.py", "if takes != OPEN:", "if False:",
         "tests/guests/test_long_bodies.py", "stranger"),
    rule("nobody is linked from an unattended screen", "app/accounts/organisation_routes.py",
         'prove(request, session, settings, account, str(posted.get("password", "")), at)', "pass",
         "tests/accounts/test_organisation.py", "sits_down"),
]  # fmt: skip
