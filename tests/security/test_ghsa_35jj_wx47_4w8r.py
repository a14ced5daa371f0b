"""WeasyPrint GHSA-35jj-wx47-4w8r: what a page named as its attachment was read past the fetcher, any file at all.

Here a PDF carries the files that its caller gives and no other, whatever its page asks for.
"""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from app.pdf import Embedded, render_pdf
from tests.pdf.hostile import SECRET, page


def test_only_what_the_caller_gives_travels_in_the_pdf(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    asked = [secret.as_uri(), str(secret), "file:///etc/passwd", "/etc/passwd", "data:text/plain,SALAISUUS"]
    links = "".join(f'<link rel="attachment" href="{one}" title="x">' for one in asked)
    anchors = "".join(f'<p><a rel="attachment" href="{one}" download>x</a></p>' for one in asked)
    pdf = render_pdf(page(anchors, links), attachments=[Embedded("a.xml", "Tiedot", b"<meant/>")])
    read = PdfReader(BytesIO(pdf))
    assert {name: [bytes(one) for one in held] for name, held in read.attachments.items()} == {"a.xml": [b"<meant/>"]}
    assert pdf.count(b"/Type /EmbeddedFile") == 1 and SECRET.encode() not in pdf
