"""WeasyPrint CVE-2026-49452: attributes of old HTML (`bgcolor`, `align`) became styles, and brought others in.

Here they are not looked at: a paper is the same bytes with them and without.
"""

from __future__ import annotations

from app.pdf import render_pdf
from tests.pdf.hostile import page

PLAIN = "<p>Teksti</p><table><tr><td>a</td></tr></table><p>loppu</p>"
HINTS = (
    '<p align="right">Teksti</p><table border="9" cellpadding="40" bgcolor="red; background: url(http://a.example)"'
    ' width="90%" background="http://a.example/x.png"><tr bgcolor="#f00"><td height="300" valign="bottom" nowrap>a</td>'
    '</tr></table><p hspace="90" color="red;} * { display: none">loppu</p>'
)


def test_presentational_hints_are_not_looked_at():
    assert render_pdf(page(HINTS)) == render_pdf(page(PLAIN))
