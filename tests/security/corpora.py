"""What attackers of other tools have sent, by what it is meant to become. Every script says 7731."""

from __future__ import annotations

MARK = "7731"
# one of each way into a page: element, attribute, address, text that ends another, what htmx and our own pages act on
SCRIPTS = [
    "<script>alert(7731)</script>",
    "<img src=x onerror=alert(7731)>",
    "\"><svg onload=alert(7731)>",
    "' autofocus onfocus=alert(7731) x='",
    "</title></textarea></script><script>alert(7731)</script>",
    "<a href=javascript:alert(7731)>7731</a>",
    "[7731](javascript:alert(7731))",
    "![7731](https://evil.example/7731.png)",
    "<img src=x data-hx-on:error=alert(7731)>",
    "<div hx-get=/7731 hx-trigger=load hx-on::load=alert(7731)>",
    "<iframe srcdoc='<script>alert(7731)</script>'></iframe>",
    "<math><mtext><script>alert(7731)</script></mtext></math>",
    "<base href=//evil.example/7731/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(7731)'>",
    "{{ 7731.__class__ }}${ 7731 }#{7731.x}",
    "$\\href{javascript:alert(7731)}{x 7731}$",
]  # fmt: skip
# all of them in a field of a couple of hundred letters
SHORT = "7731\"'><svg/onload=alert(7731)><script>alert(7731)</script><i hx-on:click=alert(7731)>"

FOREIGN_HOSTS = [
    "evil.example", "testserver.evil.example", "evil.example#testserver", "testserver:81", "testserver.",
    "testserver@evil.example", "testserver, evil.example", "testserver/?x=", "testserver\\evil.example", " testserver",
    "[::1]", "localhost", "",
]  # fmt: skip

# where a page leads on to after signing in; each would leave our origin, or run
ELSEWHERE = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example/%2f..",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\t/evil.example",
    "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "\u00a0//evil.example",
    "javascript:alert(7731)", "JaVaScRiPt:alert(7731)", "java\tscript:alert(7731)", "java\nscript:alert(7731)",
    "\x01javascript:alert(7731)", " javascript:alert(7731)", "javascript://testserver/%0aalert(7731)",
    "data:text/html,<script>alert(7731)</script>", "vbscript:msgbox(7731)", "blob:http://evil.example/1",
    "file:///etc/passwd", "http:evil.example", "http:/evil.example", "http:///evil.example", "https:evil.example",
    "@evil.example", "testserver@evil.example", "http://testserver@evil.example", "http://testserver.evil.example",
    "evil.example", "?next=//evil.example", "#//evil.example", "/\u2028/evil.example", "/\uff0fevil.example",
    "/path\\@evil.example", "/ok\r\nSet-Cookie: a=b", "/ok\x00//evil.example", "",
]  # fmt: skip

# a file's name that would leave its folder, or is none on some system
NAMES = [
    "../../x", "..\\..\\x.pdf", "/etc/passwd", "C:\\Windows\\x.pdf", "\\\\server\\share\\x", "a\0.pdf", "CON",
    "con.pdf", "NUL.txt", "COM1.pdf", "x" * 4_000 + ".pdf", "..", ".", "", "....//....//x", "%2e%2e%2fx",
    "a/../../b.pdf", "\u202efdp.exe", "a\r\nb.pdf", "~/x", "aux.html", "ä" * 300 + ".pdf",
]  # fmt: skip

# cells that a spreadsheet runs
FORMULAS = [
    '=HYPERLINK("https://evil.example/7731")', "+7731", "-7731+1", "@SUM(7731)", "\t=7731", "\r=7731", "|7731",
    "\uff1d7731", "\uff0b7731", "\uff0d7731", "\uff207731", " =7731", "'=7731", '"=7731', "=cmd|'/c calc'!A0",
    "<r>=7731</r>",
]  # fmt: skip

# addresses that would become a command of a mail server, or two addresses
BREAKING = [
    "otso@rm.example\r\nRCPT TO:<kaino@evil.example>", "otso@rm.example\nDATA", "otso@rm.example\rQUIT",
    "otso@rm.example\0", "otso@rm.example\u2028RCPT", "otso@rm.example\u0085RCPT", "otso@rm.example>\r\nRSET",
    "otso@rm.example> SIZE=1", "<otso@rm.example>", "otso@rm.example,kaino@evil.example", "otso@rm.example kaino",
    "\"otso\r\nDATA\"@rm.example", "otso@rm.example\v", "otso@rm.example\x0c.", "otso@rm\r\n.example",
]  # fmt: skip
