"""Rendered HTML as Markdown, for pages that a build makes: what they show is nowhere written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

_WITHOUT_END = "area base br col embed hr img input link meta source track wbr"
_VOID: Final = frozenset(_WITHOUT_END.split())
_NO_TEXT = "script style svg template button select textarea form fieldset canvas object"
_LEFT_OUT: Final = frozenset(_NO_TEXT.split())
_NOT_SHOWN: Final = frozenset({"headerlink"})
_BY_THEMSELVES = "address article aside blockquote dd details div dl dt figcaption figure footer header main nav p "
_BY_THEMSELVES += "section summary"
_BLOCKS: Final = frozenset(_BY_THEMSELVES.split())
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_EMPHASIS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|])")
_BLANK: Final = re.compile(r"\s+")


def html_as_markdown(html: str) -> str:
    """A page's content as Markdown: headings, paragraphs, lists, tables, code, links and emphasis.

    Scripts, pictures drawn in SVG, forms, what is folded up in cells, and what is hidden or marked
    ``data-twin-skip`` are left out. A link's
    address stays as it is, for a twin stands where its page does.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.break_block()
    text = "\n\n".join(block for block in reader.blocks if block.strip())
    return f"{text}\n" if text else ""


class _Table:
    """A table being read; ``cell`` is the text of the cell being read. A row is its cells: text, width and height."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, int, int]]] = []
        self.cell: list[str] | None = None
        self._spans = 1, 1

    def begin_row(self) -> None:
        """Begin a row."""
        if self.cell is not None:
            self.end_cell()
        self.rows.append([])

    def begin_cell(self, known: Mapping[str, str]) -> None:
        """Begin a cell, in a row of its own where none has begun."""
        if self.cell is not None:
            self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.cell = []
        self._spans = _span(known.get("colspan", "")), _span(known.get("rowspan", ""))

    def end_cell(self) -> None:
        """End the cell."""
        self.rows[-1].append((_BLANK.sub(" ", "".join(self.cell or ())).strip(), *self._spans))
        self.cell = None

    def render(self) -> str:
        """The table as Markdown, its first row the head, every row as long as the longest.

        Markdown has no cell over several rows or columns: what such a cell says is said in each of them.
        """
        rows = [row for row in self._grid() if row]
        if not rows:
            return ""
        width = max(map(len, rows))
        head, *rest = [row + [""] * (width - len(row)) for row in rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *rest))

    def _grid(self) -> list[list[str]]:
        known: dict[tuple[int, int], str] = {}
        for y, row in enumerate(self.rows):
            x = 0
            for text, width, height in row:
                while (x, y) in known:
                    x += 1
                for across in range(x, x + width):
                    known |= {(across, down): text for down in range(y, min(y + height, len(self.rows)))}
        widths = [0] * len(self.rows)
        for x, y in known:
            widths[y] = max(widths[y], x + 1)
        return [[known.get((x, y), "") for x in range(width)] for y, width in enumerate(widths)]


def _span(value: str) -> int:
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() else 1


class _Reader(HTMLParser):
    """Writes Markdown while it reads. ``blocks`` are done; ``inline`` is the block being read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._inline: list[str] = []
        self._prefix = ""
        self._open: list[tuple[str, str]] = []
        self._silent_below = 0
        self._lists: list[list[str | int]] = []
        self._tables: list[_Table] = []
        self._code: list[str] | None = None

    def break_block(self) -> None:
        """End the block that is being read."""
        table = self._tables[-1] if self._tables else None
        if table is not None:
            if table.cell is not None:
                table.cell.append(" ")
            return
        text = _BLANK.sub(" ", "".join(self._inline)).strip()
        if text:
            quote = "> " * sum(tag == "blockquote" for tag, _ in self._open)
            inset = "" if self._prefix or quote else self._inset(len(self._lists))
            self._add(f"{quote}{inset}{self._prefix}{text}")
            self._prefix = ""
        self._inline = []

    def _inset(self, depth: int) -> str:
        """What stands before a line that belongs to an item of so many lists in each other."""
        return "".join("  " if kind == "ul" else "   " for kind, _ in self._lists[:depth])

    def _add(self, block: str) -> None:
        """Add a block; items of a list stand close to each other."""
        is_item = bool(re.match(r" *(?:-|\d+\.) ", block)) and bool(self._lists)
        if is_item and self.blocks and re.match(r" *(?:-|\d+\.) ", self.blocks[-1].rpartition("\n")[2]):
            self.blocks[-1] += f"\n{block}"
        else:
            self.blocks.append(block)

    def _write(self, text: str) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            self._inline.append(text)
        elif table.cell is not None:
            table.cell.append(text)

    def _set_apart(self) -> None:
        """A blank where a style sheet alone keeps words apart."""
        cell = self._tables[-1].cell if self._tables else self._inline
        if cell and not cell[-1].endswith((" ", "[", "(", "\n")):
            cell.append(" ")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        known = {name: value or "" for name, value in attrs}
        if self._silent_below:
            if tag not in _VOID:
                self._open.append((tag, ""))
            return
        if tag in _VOID:
            self._void(tag, known)
            return
        is_silent = tag in _LEFT_OUT or "hidden" in known or "data-twin-skip" in known
        is_silent = is_silent or known.get("aria-hidden") == "true" or self._is_detail_of_cell(tag)
        if is_silent or _NOT_SHOWN.intersection(known.get("class", "").split()):
            self._open.append((tag, ""))
            self._silent_below = len(self._open)
            return
        self._open.append((tag, self._begin(tag, known)))

    def _is_detail_of_cell(self, tag: str) -> bool:
        """Whether an element is what a cell of a table holds folded up: a cell of Markdown has one line for all."""
        has_cell = bool(self._tables) and self._tables[-1].cell is not None
        return has_cell and tag != "summary" and bool(self._open) and self._open[-1][0] == "details"

    def _void(self, tag: str, known: dict[str, str]) -> None:
        if tag == "br":
            self._write(" ")
        elif tag == "img" and known.get("src"):
            self._write(f"![{_escaped(known.get('alt', ''))}]({_address(known['src'])})")

    def _begin(self, tag: str, known: dict[str, str]) -> str:
        """Begin an element that is shown; what comes back is to be written at its end."""
        if tag in _HEADINGS:
            self.break_block()
            self._prefix = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.break_block()
            self._lists.append([tag, 0])
        elif tag == "li":
            self._item()
        elif tag == "table":
            self.break_block()
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].begin_cell(known)
        elif tag == "pre":
            self.break_block()
            self._code = []
        elif tag in _BLOCKS:
            self.break_block()
        elif self._code is None:
            return self._inline_mark(tag, known)
        return ""

    def _item(self) -> None:
        self.break_block()
        if self._lists:
            current = self._lists[-1]
            current[1] = int(current[1]) + 1
            sign = "-" if current[0] == "ul" else f"{current[1]}."
            self._prefix = f"{self._inset(len(self._lists) - 1)}{sign} "

    def _inline_mark(self, tag: str, known: dict[str, str]) -> str:
        if tag in _EMPHASIS:
            self._write(_EMPHASIS[tag])
            return _EMPHASIS[tag]
        if tag == "code":
            self._write("`")
            return "`"
        if tag == "span" and known.get("class", "").startswith("cd-"):
            self._set_apart()
        if tag == "a" and known.get("href"):
            self._write("[")
            return f"]({_address(known['href'])})"
        return ""

    def handle_endtag(self, tag: str) -> None:
        """End an element, with all that was left open in it."""
        if tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, mark = self._open.pop()
            if self._silent_below:
                if len(self._open) < self._silent_below:
                    self._silent_below = 0
            else:
                self._end(name, mark)
            if name == tag:
                return

    def _end(self, tag: str, mark: str) -> None:
        if mark:
            self._write(mark)
        elif tag in ("td", "th") and self._tables and self._tables[-1].cell is not None:
            self._tables[-1].end_cell()
        elif tag == "table" and self._tables:
            text = self._tables.pop().render()
            if self._tables:
                self._write(_BLANK.sub(" ", text))
            elif text:
                self.blocks.append(text)
        elif tag == "pre" and self._code is not None:
            body, self._code = "".join(self._code).strip("\n"), None
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", body)), default=0))
            self.blocks.append(f"{fence}\n{body}\n{fence}")
        elif tag in ("ul", "ol") and self._lists:
            self.break_block()
            self._lists.pop()
        elif tag in _BLOCKS:
            self.break_block()
        elif tag in _HEADINGS or tag == "li":
            self.break_block()
            self._prefix = ""

    def handle_data(self, data: str) -> None:
        """Take text in."""
        if self._silent_below:
            return
        if self._code is not None:
            self._code.append(data)
        else:
            is_code = any(name == "code" for name, _ in self._open)
            self._write(data.replace("|", "\\|") if is_code else _escaped(data))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _address(url: str) -> str:
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("\n", "")
