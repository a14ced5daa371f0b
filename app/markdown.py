"""What people write, as safe HTML: CommonMark with tables and footnotes, no HTML, no images, no styles.

markdown-it-py reads (its nesting stops at 20) and nh3 lets through only what stands in the tables below, so a text can
neither style the page, nor load anything, nor speak to htmx.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.footnote import footnote_plugin

from app.errors import Refused
from app.language import gettext, spoken

MAX_BYTES = 100_000

TAGS = {
    "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h2", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td", "a", "sup", "span",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "id", "aria-label"}, "li": {"id"}, "ol": {"start"}}
CLASSES = {"th": {"center", "right"}, "td": {"center", "right"}, "span": {"number"}, "ol": {"footnotes"}, "a": {"back"}}


@dataclass
class Numbers:
    """What counts on from text to text within one paper; `markdown` moves it forward.

    notes: footnotes so far. heading: the number of the heading above the text, None where headings carry none.
    paragraph: the next paragraph's number, None where paragraphs carry none.
    """

    notes: int = 0
    heading: str | None = None
    paragraph: int | None = None


def markdown(text: str | None, *, below: int = 1, numbers: Numbers | None = None) -> Markup:
    """Turn CommonMark into sanitised HTML, its first headings one level under `below`, none ever skipping a level.

    Raises Refused for more than MAX_BYTES of UTF-8.
    """
    if not text:
        return Markup()
    begun = numbers or Numbers()
    html, counted = _read(text, below, begun.notes, begun.heading, begun.paragraph, spoken())
    if numbers:
        numbers.notes, numbers.paragraph = counted
    return html


@lru_cache(512)
def _read(
    text: str, below: int, notes: int, heading: str | None, paragraph: int | None, _language: str
) -> tuple[Markup, tuple[int, int | None]]:
    """A text as it was read before, and how far its notes and paragraphs count: a long memo takes a second to read, and
    is asked for again with a word changed, or none."""
    numbers = Numbers(notes, heading, paragraph)
    return _written(text, below, numbers), (numbers.notes, numbers.paragraph)


def refuse_too_long(text: str) -> None:
    """Raise Refused for a text of more than MAX_BYTES of UTF-8."""
    if len(text.encode()) > MAX_BYTES:
        raise Refused(too_long())


def too_long() -> str:
    """That a text is longer than texts may be, and what to do."""
    return gettext("A text may have at most 100 kB. Split it into several sections, or attach it as a file.")


def _written(text: str, below: int, numbers: Numbers) -> Markup:
    refuse_too_long(text)
    env = {"notes": numbers.notes}
    tokens = _reader.parse(text, env)
    _set_levels(tokens, below, numbers.heading)
    _number_paragraphs(tokens, numbers)
    numbers.notes += len(env.get("footnotes", {}).get("list", ()))
    return Markup(_CLEANER.clean(_reader.renderer.render(tokens, _reader.options, env)))


def _set_levels(tokens: list[Token], below: int, number: str | None) -> None:
    open_headings: list[int] = []
    counts: list[int] = []
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        while open_headings and open_headings[-1] >= int(opening.tag[1]):
            open_headings.pop()
        open_headings.append(int(opening.tag[1]))
        depth = len(open_headings)
        counts[depth - 1 :] = [counts[depth - 1] + 1 if len(counts) >= depth else 1]
        opening.tag = closing.tag = f"h{min(below + depth, 6)}"
        if number:
            _put_before(inline, ".".join([number, *map(str, counts)]))


def _number_paragraphs(tokens: list[Token], numbers: Numbers) -> None:
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if numbers.paragraph is None or opening.type == "footnote_block_open":
            return
        if opening.type == "paragraph_open" and opening.level == 0:
            _put_before(inline, str(numbers.paragraph))
            numbers.paragraph += 1


def _put_before(inline: Token, number: str) -> None:
    inline.children = [Token("number", "", 0, content=number), *(inline.children or ())]


def _image(_renderer, tokens, index, _options, _env) -> str:
    return escapeHtml(tokens[index].content)


def _number(_renderer, tokens, index, _options, _env) -> str:
    return f'<span class="number">{tokens[index].content}</span> '


def _table_cell(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if side in ("center", "right"):
        token.attrs["class"] = side
    return renderer.renderToken(tokens, index, options, env)


def _note(token: Token, env: dict) -> tuple[int, str]:
    """The note's number in the paper, and what sets apart a second reference to it."""
    again = token.meta.get("subId", 0)
    return env["notes"] + token.meta["id"] + 1, f"-{again}" if again > 0 else ""


def _footnote_ref(_renderer, tokens, index, _options, env) -> str:
    note, again = _note(tokens[index], env)
    return f'<sup><a href="#fn{note}" id="fnref{note}{again}">{note}</a></sup>'


def _footnote_block_open(_renderer, _tokens, _index, _options, env) -> str:
    return f'<ol class="footnotes" start="{env["notes"] + 1}">\n'


def _footnote_block_close(*_) -> str:
    return "</ol>\n"


def _footnote_open(_renderer, tokens, index, _options, env) -> str:
    return f'<li id="fn{_note(tokens[index], env)[0]}">'


def _footnote_anchor(_renderer, tokens, index, _options, env) -> str:
    note, again = _note(tokens[index], env)
    label = escapeHtml(gettext("Back to the text"))
    return f' <a class="back" href="#fnref{note}{again}" aria-label="{label}">\N{UPWARDS ARROW}</a>'


_RULES = {
    "image": _image,
    "number": _number,
    "th_open": _table_cell,
    "td_open": _table_cell,
    "footnote_ref": _footnote_ref,
    "footnote_block_open": _footnote_block_open,
    "footnote_block_close": _footnote_block_close,
    "footnote_open": _footnote_open,
    "footnote_anchor": _footnote_anchor,
}
_reader = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
for _name, _rule in _RULES.items():
    _reader.add_render_rule(_name, _rule)

_CLEANER = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, allowed_classes=CLASSES, url_schemes={"https", "mailto", "tel"},
    url_relative=lambda url: url if url.startswith("#fn") else None,
)  # fmt: skip
