"""Puts pages of another PDF in place of blank ones, and grafts the structure that makes them readable aloud into ours.

Appending pages alone would leave their tags behind. ISO 32000-1, 14.7: a page and an annotation find their elements by
a number in the parent tree, an element finds its page and its parent, header cells are found by their ID.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from app.pdf.fitness import elements, kids, names_of

INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
LEFT_BEHIND = (Name.AF, Name.PieceInfo, Name.Thumb, Name.B, Name.PresSteps, Name.Trans, Name.Dur, Name.Metadata)


@dataclass(frozen=True)
class Scion:
    """A PDF to be grafted: the places, from 0, of the blank pages that its own replace, one each; what it is called."""

    places: Sequence[int]
    title: str
    content: bytes


def graft(content: bytes, scions: Sequence[Scion]) -> bytes:
    """Return a PDF with its blank pages replaced; the same bytes for the same input.

    Raises ValueError or PdfError where that cannot be done.
    """
    host = pikepdf.open(BytesIO(content))
    before = len(host.pages)
    parents = dict(_numbers(host.Root.StructTreeRoot.ParentTree))
    blanks = [host.pages[place].obj for scion in scions for place in scion.places]
    sheets = []
    for number, scion in enumerate(scions, 1):
        source = pikepdf.open(BytesIO(scion.content), suppress_warnings=True)
        if len(scion.places) != len(source.pages):
            raise ValueError("there must be a blank page for each that comes")
        sheets += _grafted(
            host, source, scion.title, f"g{number}-", [host.pages[place].obj for place in scion.places], parents
        )
    for blank, sheet in zip(blanks, sheets, strict=True):
        parents.pop(int(blank.get("/StructParents", -1)), None)
        place = next(place for place, one in enumerate(host.pages) if one.obj.objgen == blank.objgen)
        host.pages.insert(place, pikepdf.Page(sheet))
        del host.pages[place + 1]
    if len(host.pages) != before:
        raise ValueError("pages were lost")
    _forget(host, {blank.objgen for blank in blanks})
    root = host.Root.StructTreeRoot
    root.ParentTree = host.make_indirect(Dictionary(Nums=Array(_flat(sorted(parents.items())))))
    root.ParentTreeNextKey = max(parents) + 1
    _name_elements(host)
    written = BytesIO()
    host.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def _grafted(
    host: Pdf, source: Pdf, title: str, mark: str, blanks: Sequence[Object], parents: dict[int, Object]
) -> list[Object]:
    """Bring pages and their elements over; returns the pages. The elements stand where the blank pages' were."""
    _make_ready(source, mark)
    sheets = [host.copy_foreign(sheet.obj) for sheet in source.pages]
    tree = host.copy_foreign(source.Root.StructTreeRoot)
    theirs = dict(_numbers(tree.ParentTree))
    for holder, key in _numbered(sheets):
        known = theirs.get(int(holder[key]))
        if known is None:
            del holder[key]
            continue
        number = max(parents, default=-1) + 1
        parents[number], holder[key] = known, number
    _merge(host, tree, mark)
    part = host.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, T=String(title)))
    part.K = Array([kid for kid in kids(tree) if isinstance(kid, Dictionary)])
    for kid in part.K:
        kid.P = part
    if "/Lang" in source.Root:
        part.Lang = String(str(source.Root.Lang))
    _put_in(host.Root.StructTreeRoot, part, {blank.objgen for blank in blanks})
    return sheets


def _make_ready(source: Pdf, mark: str) -> None:
    """Write into each page what it has from its parents, and into each link the place that it names."""
    places = dict(_destinations(source))
    for sheet in source.pages:
        for key in INHERITED:
            parent, steps = sheet.obj, 0
            while key not in parent and "/Parent" in parent and steps < 50:
                parent, steps = parent.Parent, steps + 1
            if key in parent:
                sheet.obj[key] = parent[key]
        for key in LEFT_BEHIND:
            if key in sheet.obj:
                del sheet.obj[key]
        for annotation in sheet.obj.get("/Annots", []):
            _point(annotation, "/Dest", places)
            if str(annotation.get("/A", {}).get("/S")) == "/GoTo":
                _point(annotation.A, "/D", places)
    for element in elements(source.Root.StructTreeRoot):
        if "/ID" in element:
            element.ID = String(mark.encode() + bytes(element.ID))
        for attributes in _attributes(element):
            if "/Headers" in attributes:
                attributes.Headers = Array([String(mark.encode() + bytes(one)) for one in attributes.Headers])


def _attributes(element: Object) -> list[Object]:
    held = element.get("/A", [])
    return [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, Dictionary)]


def _destinations(source: Pdf) -> Iterator[tuple[str, Object]]:
    for name, place in (source.Root.get("/Dests") or {}).items():
        yield str(name), place
    for name, place in names_of(source.Root.get("/Names", {}).get("/Dests", Dictionary())):
        yield str(name), place


def _point(holder: Object, key: str, places: dict[str, Object]) -> None:
    place = holder.get(key)
    if place is None or isinstance(place, Array):
        return
    found = places.get(str(place))
    found = found.get("/D") if isinstance(found, Dictionary) else found
    if isinstance(found, Array):
        holder[key] = found
    else:
        del holder[key]


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    return ((int(number), held) for number, held in names_of(tree))


def _numbered(sheets: Sequence[Object]) -> Iterator[tuple[Object, str]]:
    """Whatever has a number in the parent tree: pages, annotations, and what is drawn within a page; once each."""
    seen: set[tuple[int, int]] = set()
    pending = list(reversed(sheets))
    while pending:
        holder = pending.pop()
        if holder.is_indirect:
            if holder.objgen in seen:
                continue
            seen.add(holder.objgen)
        for key in ("/StructParents", "/StructParent"):
            if key in holder:
                yield holder, key
        pending += reversed([one for one in holder.get("/Annots", [])])
        pending += reversed([one for _name, one in holder.get("/Resources", {}).get("/XObject", {}).items()])


def _merge(host: Pdf, tree: Object, mark: str) -> None:
    """Take over what roles and classes mean; one that means something else in ours gets another name."""
    ours = host.Root.StructTreeRoot
    for key, of_element in (("/RoleMap", "/S"), ("/ClassMap", "/C")):
        theirs = tree.get(key)
        if theirs is None:
            continue
        if key not in ours:
            ours[key] = Dictionary()
        named = {name: f"/{mark}{name[1:]}" for name in theirs.keys() if name in ours[key]}
        for name, meaning in theirs.items():
            to = str(meaning) if key == "/RoleMap" else None
            ours[key][named.get(name, name)] = Name(named[to]) if to in named else meaning
        for element in elements(tree):
            held = element.get(of_element)
            if isinstance(held, Array):
                element[of_element] = Array(
                    [Name(named.get(str(one), str(one))) if isinstance(one, Name) else one for one in held]
                )
            elif held is not None and str(held) in named:
                element[of_element] = Name(named[str(held)])


def _put_in(root: Object, part: Object, blanks: set[tuple[int, int]]) -> None:
    document = next(kid for kid in kids(root) if isinstance(kid, Dictionary))
    part.P = document
    kept, done = [], False
    for kid in kids(document):
        if kid.get("/Pg") is not None and kid.Pg.objgen in blanks:
            if not done:
                kept.append(part)
            done = True
        else:
            kept.append(kid)
    if not done:
        raise ValueError("the blank pages are not in the structure")
    document.K = Array(kept)


def _forget(host: Pdf, gone: set[tuple[int, int]]) -> None:
    """Let no name lead to a page that is not there."""
    tree = host.Root.get("/Names", {}).get("/Dests")
    if tree is None or "/Names" not in tree:
        return
    pairs = [(name, place) for name, place in names_of(tree) if place[0].objgen not in gone]
    tree.Names = Array(_flat(pairs))


def _name_elements(host: Pdf) -> None:
    """List the elements that have an ID, by which cells find their headers."""
    named = {bytes(one.ID): one for one in elements(host.Root.StructTreeRoot) if "/ID" in one}
    pairs = [(String(name), named[name]) for name in sorted(named)]
    host.Root.StructTreeRoot.IDTree = host.make_indirect(Dictionary(Names=Array(_flat(pairs))))


def _flat(pairs) -> list[object]:
    return [one for pair in pairs for one in pair]
