"""Reads a paper's HTML, which is ours and well-formed, into a tree. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "link", "meta", "rect"}
NARROW = re.compile(r"[ \t\n\r\f]+")  # what HTML takes for one space; a no-break space is none of them


@dataclass
class Node:
    """An element with its attributes; children are elements and texts in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def elements(self, *tags: str) -> Iterator[Node]:
        """Its own children with one of these tags, in order; all of them where none is named."""
        return (one for one in self.children if isinstance(one, Node) and (not tags or one.tag in tags))

    def all(self) -> Iterator[Node]:
        """The node and everything below it, in the order of the document."""
        yield self
        for one in self.elements():
            yield from one.all()

    def text(self) -> str:
        """All its text as a browser would run it together."""
        return NARROW.sub(" ", "".join(self._texts())).strip(" ")

    def _texts(self) -> Iterator[str]:
        for one in self.children:
            if isinstance(one, str):
                yield one
            else:
                yield from one._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag, attrs) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data) -> None:
        self.open[-1].children.append(data)


def tree_of(html: str) -> Node:
    """Return HTML as a tree whose root has no tag."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
