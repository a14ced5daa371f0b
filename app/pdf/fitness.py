"""What an uploaded PDF is: whether its pages may follow in ours, or what stands against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import page
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

FINDINGS = ("sound", "untagged", "not_archival", "unfit", "encrypted", "broken", "too_much")
MOST_PAGES = 500
DEEPEST = 200

# what an action may do that comes with a page: lead somewhere else in it, or to an address
ACTIONS = ("/GoTo", "/URI")
# an address of the web or of somebody, or one without a scheme: no script, and nothing on the reader's own machine
SOUND_ADDRESS = re.compile(r"(?:(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:|\\|//))", re.IGNORECASE)
BLANK = re.compile(r"[\x00-\x20]+")  # which readers leave out of an address
# annotations that hold a form, a file, a film or a script
ACTIVE = ("/Widget", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/TrapNet", "/Redact")
# ISO 19005-1 forbids packing the catalog's metadata, 19005-2 and -3 do not; `page` asks it of all
NOT_ASKED = re.compile(r"PDFA[23][ABU]-METADATA-FILTER-001")
# `page` takes a carriage return that ends a stream for a part of the end of line behind it
MISREAD = re.compile(r"PDFA[1-4][A-Z]?-STREAM-LENGTH-001")
STREAM = b"stream\r\n", b"stream\n"
ENDSTREAM = b"\nendstream", b"\r\nendstream", b"\rendstream"


class Unfit(Exception):
    """A PDF whose pages cannot follow; `finding` is one of FINDINGS."""

    def __init__(self, finding: str, pages: int | None = None):
        super().__init__(finding)
        self.finding, self.pages = finding, pages


def opened(content: bytes) -> Pdf:
    """Open a PDF whose pages may follow in ours; raises Unfit.

    It is tagged and passes PDF/UA-1 and the part of PDF/A that it declares, as far as a quick check tells, and holds
    nothing that acts by itself.
    """
    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise Unfit("encrypted") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unfit("broken") from None
    if pdf.is_encrypted:
        raise Unfit("encrypted", pages)
    if not pages:
        raise Unfit("broken")
    if pages > MOST_PAGES:
        raise Unfit("too_much", pages)
    if finding := _against(pdf, content):
        raise Unfit(finding, pages)
    return pdf


def _against(pdf: Pdf, content: bytes) -> str | None:
    root = pdf.Root
    try:
        marked = root.get("/MarkInfo", {}).get("/Marked", False)
        if "/StructTreeRoot" not in root or not bool(marked) or broken_rules(content, "ua1"):
            return "untagged"
        profile = declared_profile(pdf)
        if profile is None or broken_rules(content, profile):
            return "not_archival"
        return "unfit" if is_active(pdf) or has_other_colours(pdf) or has_plain_headings(pdf) else None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError, page.PageError):
        return "broken"


def broken_rules(content: bytes, profile: str) -> list[str]:
    """Return the rules of a profile (`3a`, `ua1`) that a file breaks."""
    report = page.validate_pdf_bytes(content, profile=profile)
    broken = [one.rule_id for one in report.failures if not NOT_ASKED.fullmatch(one.rule_id)]
    if any(MISREAD.fullmatch(rule) for rule in broken) and has_true_lengths(content):
        broken = [rule for rule in broken if not MISREAD.fullmatch(rule)]
    return broken


def has_true_lengths(content: bytes) -> bool:
    """Tell whether each stream is as long as it says: one end of line stands behind it (ISO 19005-3, 6.1.7.1)."""
    with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
        held = [bytes(one.read_raw_bytes()) for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        if pdf.get_warnings():  # what was looked for instead of read
            return False
    return all(any(start + raw + end in content for start in STREAM for end in ENDSTREAM) for raw in held)


def declared_profile(pdf: Pdf) -> str | None:
    """The part and level of PDF/A that a file says it is, `2b`; None where it says none, or one that ours is not."""
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            declared = f"{metadata.get('pdfaid:part', '')}{metadata.get('pdfaid:conformance', '')}".lower()
    except Exception:  # what an XMP parser makes of somebody's XMP is many things, and all of them mean this
        return None
    return declared if declared in {one.value for one in page.ValidationProfile} - {"ua1"} else None


def is_active(pdf: Pdf) -> bool:
    """Whether it holds a form, layers, or anything that acts."""
    root = pdf.Root
    if root.get("/AcroForm", {}).get("/Fields") or "/OCProperties" in root or "/AA" in root:
        return True
    for sheet in pdf.pages:
        if "/AA" in sheet.obj:
            return True
        for annotation in sheet.obj.get("/Annots", []):
            action = annotation.get("/A")
            if str(annotation.get("/Subtype")) in ACTIVE or "/AA" in annotation:
                return True
            if action is not None and (str(action.get("/S")) not in ACTIONS or "/Next" in action):
                return True
            if action is not None and "/URI" in action and not SOUND_ADDRESS.match(BLANK.sub("", str(action.URI))):
                return True
    return False


def has_other_colours(pdf: Pdf) -> bool:
    """Whether colours are meant for another output than a screen's: ours says that all are of sRGB."""
    intents = pdf.Root.get("/OutputIntents", [])
    return any(int(one.DestOutputProfile.get("/N", 3)) != 3 for one in intents if "/DestOutputProfile" in one)


def has_plain_headings(pdf: Pdf) -> bool:
    """Whether headings are H, without a level, which no document has beside H1 (ISO 14289-1, 7.4.4)."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return any(str(roles.get(str(one.get("/S")), one.get("/S"))) == "/H" for one in elements(pdf.Root.StructTreeRoot))


def elements(top: Object) -> Iterator[Object]:
    """Every structure element below a root or an element; raises ValueError where a tree is a circle or too deep."""
    pending = [(top, 0)]
    seen: set[tuple[int, int]] = set()
    while pending:
        parent, depth = pending.pop()
        for kid in kids(parent):
            if not isinstance(kid, Dictionary) or "/S" not in kid:
                continue
            if kid.objgen in seen or depth > DEEPEST:
                raise ValueError("the structure tree does not end")
            if kid.is_indirect:
                seen.add(kid.objgen)
            yield kid
            pending.append((kid, depth + 1))


def kids(parent: Object) -> list[Object]:
    """What an element's K holds, as a list."""
    held = parent.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def names_of(tree: Object, depth: int = 0) -> Iterator[tuple[object, Object]]:
    """The pairs of a name or number tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    if depth > 50:
        raise ValueError("a tree of names does not end")
    for key in (Name.Names, Name.Nums):
        pairs = list(tree.get(key, []))
        yield from zip(pairs[::2], pairs[1::2], strict=True)
    for kid in tree.get("/Kids", []):
        yield from names_of(kid, depth + 1)
