"""Lists, as the site nests them: by four columns, whatever the marker's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convergence_docs.parse.events import Scope
from convergence_docs.parse.items import ALL_ITEMS, read_items
from convergence_docs.parse.leaves import ItemMark, Node, bare_item
from convergence_docs.parse.outlines import PLAIN
from convergence_docs.parse.pieces import Block, Line, Origin, chunks, joined, lines_of, loose_detab, offset_of
from convergence_docs.regex import regex

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_START = regex(r"[ ]{0,3}(?:[*+-]|\d+\.)[ ]")
_ITEM = regex(r"[ ]{0,3}(\d+\.|[*+-])[ ]+(.*)")
_NESTED_ITEM = regex(r"[ ]{4,7}(?:\d+\.|[*+-])[ ]+")
_DULL = regex(r"(?:[ ]{0,3}(?:\d+\.|[*+-])[ ]++(?![#>!?=/:]|[-+*] |\d+\. )[^\n\[<`$\\{|\x02\x03]+(?:\n|\Z))+\Z")
"""Items that hold words, bold ones perhaps, and nothing that a link, an id or a formula could be made of."""

_LISTS = ("ul", "ol", "dl")
_ITEMS = ("li", "dd")


def take(parser: BlockParser, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Read ``text`` as a list, if it begins with an item."""
    if not _START.match(text):
        return False
    tag = "ol" if text.lstrip(" ")[0].isdigit() else "ul"
    if not parser.dialect.sane_lists and ALL_ITEMS.match(text):
        take_lines(parser, parent, text, origin)
        return True
    items = _items(parser, text, origin, tag)
    previous = parent.last
    siblings = (tag,) if parser.dialect.sane_lists else ("ul", "ol")
    first = 0
    if previous is not None and previous.tag in siblings:
        node = previous
        _read_item(parser, node, items[0], "looselist")
        first = 1
    elif parent.tag in ("ul", "ol"):
        node = parent
    else:
        node = parent.add(tag)
    for item in items[first:]:
        lines, mark = item
        if mark is None and node.last is not None:
            parser.parse_in("list", node.last, [joined(lines)])
        else:
            _read_item(parser, node, item, "list")
    return True


def take_lines(parser: BlockParser, parent: Node, text: str, origin: Origin) -> None:
    """Read a block of which every line is an item."""
    tag = "ol" if text.lstrip(" ")[0].isdigit() else "ul"
    previous = parent.last
    if previous is not None and previous.tag in ("ul", "ol"):
        node, state = previous, "looselist"
    else:
        node, state = (parent if parent.tag in ("ul", "ol") else parent.add(tag)), "list"
    items, links = parser.items, parser.links
    if parser.scope is Scope.LINKS and _DULL.match(text):
        start = offset_of(text, origin, 0)
        items.append(bare_item(ItemMark(start, start, node.depth, False)))
        node.add("li")
        return
    parts = [(text, origin)] if isinstance(origin, int) else lines_of(text, origin)
    for part, base in parts:
        indent = parser.indent_of(base)
        for start, end, marker, is_ordered, _ in read_items(part, base, indent, node.depth, items, links):
            content = part[start:end]
            if content:
                mark = (base + marker, base + start, is_ordered)
                _read_item(parser, node, ([(content, base + start)], mark), state)
        state = "list"
    # An item after the last one that held blocks of its own is where indented blocks belong from here on.
    node.add("li")


_Item = tuple[list[Line], tuple[int, int, bool] | None]


def _items(parser: BlockParser, text: str, origin: Origin, tag: str) -> list[_Item]:
    """The items of a block; one without a mark is a run of indented items that belongs to the item before it."""
    items: list[_Item] = []
    match_item = _ITEM.match
    is_sane = parser.dialect.sane_lists
    for line, offset in lines_of(text, origin):
        match = match_item(line)
        if match and (not is_sane or not items or (match[1][0].isdigit() == (tag == "ol"))):
            start = match.start(2)
            mark = (offset + match.start(1), offset + start, match[1][0] not in "*+-")
            items.append(([(match[2], offset + start)], mark))
        elif items and line[:4] == "    " and _NESTED_ITEM.match(line) and not items[-1][0][0][0].startswith("    "):
            items.append(([(line, offset)], None))
        elif items:
            items[-1][0].append((line, offset))
    return items


def _read_item(parser: BlockParser, node: Node, item: _Item, state: str) -> None:
    lines, mark = item
    child = node.add("li")
    if mark is not None:
        parser.mark = ItemMark(mark[0], mark[1], child.depth - 1, mark[2])
        if len(lines) == 1 and lines[0][0] and PLAIN.match(lines[0][0]):
            parser.emit(*lines[0])
            return
    parser.parse_in(state, child, [joined(lines)])
    if parser.mark is not None:
        parser.marks.append(parser.mark)
        parser.mark = None


def take_indented(parser: BlockParser, parent: Node, text: str, origin: Origin) -> bool:
    """Read an indented block as part of the list before it, if there is one."""
    last = parent.last
    with_definitions = parser.dialect.def_list
    lists = _LISTS if with_definitions else _LISTS[:2]
    items = _ITEMS if with_definitions else _ITEMS[:1]
    if not (parent.tag in items or (last is not None and last.tag in lists)):
        return False
    level, sibling = _level(parser, parent, text, lists, items)
    block = loose_detab(text, origin, level)
    if parent.tag in items:
        target = last if last is not None and last.tag in lists else parent
        parser.parse_in("detabbed", target, [block])
    elif sibling.tag in items:
        parser.parse_in("detabbed", sibling, [block])
    elif sibling.last is not None and sibling.last.tag in items:
        parser.parse_in("detabbed", sibling.last, chunks(*block))
    else:
        parser.parse_in("detabbed", sibling.add("li"), [block])
    return True


def _level(
    parser: BlockParser, parent: Node, text: str, lists: tuple[str, ...], items: tuple[str, ...]
) -> tuple[int, Node]:
    """How many steps of indentation to take off, and the list or item that the block belongs to."""
    wanted = (len(text) - len(text.lstrip(" "))) // 4
    level = 1 if parser.is_state("list") else 0
    node = parent
    while wanted > level:
        child = node.last
        if child is None or child.tag not in lists + items:
            break
        if child.tag in lists:
            level += 1
        node = child
    return level, node
