"""Indico CVE-2026-33046: a text that went to LaTeX read the server's files while a PDF was made.

Here a paper is HTML, rendered in a child whose only sources are our fonts and what the caller hands it.
"""

from __future__ import annotations

import subprocess

from app.markdown import markdown
from app.pdf import render_pdf
from tests.pdf.hostile import SECRET, page

TEXT = r"\input{%s} \immediate\write18{cat %s} \lstinputlisting{%s} \def\x{%s}\input\x"


def test_a_paper_reads_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    uri = secret.as_uri()
    written = markdown(TEXT.replace("%s", str(secret)) + f"\n\n![x]({uri}) <{uri}>\n\n[x]({uri})")
    raw = f'<object data="{uri}">a</object><embed src="{uri}"><iframe src="{uri}"></iframe><img src="{uri}">'
    linked = f'<link rel="attachment" href="{uri}"><a rel="attachment" href="{uri}">a</a>'
    css = f'<style>p::after {{ content: url("{uri}") }} @import "{uri}"; @font-face {{ src: url("{uri}") }}</style>'
    pdf = render_pdf(page(f"{written}{raw}{linked}", css))
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "input" in words and SECRET not in words
    assert [part for part in (b"/EmbeddedFile", b"/Filespec", b"/Launch", SECRET.encode()) if part in pdf] == []
