"""Reads the text within a paragraph: what is strong, raised, a link or a reference to a footnote. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.memos.docx_blocks import Paragraph, Run
from app.memos.html_tree import NARROW, Node

NOT_TEXT = {"svg", "style", "script"}
JOINER = "\N{WORD JOINER}"  # keeps a line from breaking in the PDF; Word shows it as a box in many fonts

Notes = Mapping[str, tuple[Paragraph, ...]]


def runs_of(nodes: Iterable[Node | str], notes: Notes) -> tuple[Run, ...]:
    """Return the text of nodes as runs, its spaces run together as a browser does.

    notes: the footnotes by the names that links lead to. A second reference to one repeats its number only, since Word
    has one reference a footnote.
    """
    return _joined(_run_together(list(_inline(nodes, Run(), notes))))


def lines_of(node: Node) -> tuple[Run, ...]:
    """Return what is set as it was written, with its spaces and the ends of its lines."""
    text = "".join(run.text for run in _inline(node.children, Run(), {}))
    return (Run(text.removesuffix("\n").replace("\n", "\v")),)


def headed_by_number(node: Node, notes: Notes) -> tuple[tuple[Run, ...], bool]:
    """Return a paragraph's runs, and whether its own number stands before it; a tab is then between them."""
    first = next(node.elements(), None)
    if first is None or first is not node.children[0] or "number" not in first.classes:
        return runs_of(node.children, notes), False
    rest = runs_of(node.children[1:], notes)
    return _joined([Run(f"{first.text()}\t"), *rest]), True


def footnotes_in(node: Node) -> list[tuple[str, Node]]:
    """The footnotes that stand directly in a node, by the names that links lead to."""
    lists = (one for one in node.elements("ol") if "footnotes" in one.classes)
    return [(one.attributes.get("id", ""), one) for held in lists for one in held.elements("li")]


def _inline(nodes: Iterable[Node | str], look: Run, notes: Notes) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield replace(look, text=node.replace(JOINER, ""))
        elif node.tag == "br":
            yield replace(look, text="\v")
        elif node.tag == "img":
            yield replace(look, text=f"[{node.attributes.get('alt', '')}]")
        elif node.tag == "sup":
            yield from _raised(node, look, notes)
        elif not (node.tag in NOT_TEXT or {"bar", "back"} & set(node.classes)):
            yield from _inline(node.children, _look(node, look), notes)


def _look(node: Node, look: Run) -> Run:
    if node.tag in ("strong", "b"):
        return replace(look, strong=True)
    if node.tag in ("em", "i"):
        return replace(look, emphasis=True)
    href = node.attributes.get("href", "") if node.tag == "a" else ""
    return replace(look, href=href) if href and not href.startswith("#") else look


def _raised(node: Node, look: Run, notes: Notes) -> Iterator[Run]:
    link = next(node.elements("a"), None)
    name = link.attributes.get("href", "").removeprefix("#") if link else ""
    first = link is not None and link.attributes.get("id", "") == name.replace("fn", "fnref", 1)
    if name in notes and first:
        yield replace(look, note=notes[name])
    else:
        yield replace(look, text=node.text(), raised=True)


def _run_together(runs: list[Run]) -> list[Run]:
    """One space where HTML has many, none at either end of the paragraph or of a line in it."""
    found: list[Run] = []
    space = True
    for run in runs:
        text = NARROW.sub(" ", run.text)
        text = text.removeprefix(" ") if space else text
        if text.startswith("\v") and found:
            found[-1] = replace(found[-1], text=found[-1].text.removesuffix(" "))
        if text or run.note is not None:
            space = text.endswith((" ", "\v"))
            found.append(replace(run, text=text))
    while found and found[-1].note is None and not found[-1].text.strip(" \v"):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" \v"))
    return found


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Runs that look alike are one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and last.note is None and run.note is None and replace(last, text="") == replace(run, text=""):
            found[-1] = replace(last, text=last.text + run.text)
        else:
            found.append(run)
    return tuple(run for run in found if run.text or run.note is not None)
