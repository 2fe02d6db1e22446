"""Tables reshaped: columns and rows that came and went. What a cell states is a matter of figures and of words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from convergence_docs.diff.context import Context, Which
from convergence_docs.diff.pairing import best_pairs
from convergence_docs.model.change import ChangeKind
from convergence_docs.model.nodes import Cell, Row, Table
from convergence_docs.model.vocabulary import normalise
from convergence_docs.text import Span

ALIKE = 0.4
"""Share of column and row names in common from which two tables are taken for one."""
MOST_PAIRS = 10_000


class Set(NamedTuple):
    """A table and the chapter in which it is set."""

    path: str
    table: Table


def tell_tables(context: Context) -> None:
    """Compare the tables of every chapter that is on both sides."""
    groups: dict[str, tuple[list[Set], list[Set]]] = defaultdict(lambda: ([], []))
    for path, chapter in context.changed(context.before):
        for table in chapter.tables:
            home = context.home(path, table.span.start)
            if home is not None:
                groups[home][0].append(Set(path, table))
    for path, chapter in context.changed(context.after):
        if not context.is_new(path):
            groups[path][1].extend(Set(path, table) for table in chapter.tables)
    for old, new in groups.values():
        for one, other in _paired(context, old, new):
            old.remove(one)
            new.remove(other)
            _compare(context, one, other)
        for one in old:
            context.account(Which.BEFORE, one.path, one.table.span)
            spot = context.before_spot(one.path, one.table.span.start)
            context.tell(ChangeKind.TABLE_REMOVED, spot, None, old=_title(one.table), extent=len(one.table.rows))
        for one in new:
            context.account(Which.AFTER, one.path, one.table.span)
            spot = context.after_spot(one.path, one.table.span.start)
            context.tell(ChangeKind.TABLE_ADDED, None, spot, new=_title(one.table), extent=len(one.table.rows))


def _title(table: Table) -> str:
    return " | ".join(cell.text for cell in table.header.cells)


def _names(table: Table) -> Counter[str]:
    """Names of columns and rows, wherever they stand."""
    return Counter(normalise(cell.text) for cell in (*table.header.cells, *_firsts(table)))


def _firsts(table: Table) -> list[Cell]:
    return [row.cells[0] for row in table.rows if row.cells]


def _paired(context: Context, old: list[Set], new: list[Set]) -> list[tuple[Set, Set]]:
    """Which table became which: the same section, then the likest names."""
    if len(old) * len(new) > MOST_PAIRS:
        return list(zip(old, new, strict=False))
    names = {id(one): _names(one.table) for one in (*old, *new)}
    weighed = []
    for at, one in enumerate(old):
        section = context.section_now(one.path, one.table.span.start)
        for place, other in enumerate(new):
            is_here = context.after.section_at(other.path, other.table.span.start) is section
            mine, theirs = names[id(one)], names[id(other)]
            likeness = 2 * (mine & theirs).total() / max(mine.total() + theirs.total(), 1)
            if likeness >= ALIKE or (is_here and likeness):
                weighed.append((not is_here, -likeness, abs(at - place), at, place))
    return best_pairs(old, new, weighed)


def _compare(context: Context, old: Set, new: Set) -> None:
    if _is_transposed(old.table, new.table):
        context.account(Which.BEFORE, old.path, old.table.span)
        context.account(Which.AFTER, new.path, new.table.span)
        before = context.before_spot(old.path, old.table.span.start)
        after = context.after_spot(new.path, new.table.span.start)
        context.tell(ChangeKind.TABLE_TRANSPOSED, before, after, old=_title(old.table), new=_title(new.table))
        return
    _compare_columns(context, old, new)
    gone, come = _unequal([(cell, _row_span(old.table, cell)) for cell in _firsts(old.table)], new.table)
    for cell, span in gone:
        context.account(Which.BEFORE, old.path, span)
        spot = context.before_spot(old.path, cell.span.start)
        context.tell(ChangeKind.ROW_REMOVED, spot, None, subject=cell.text, old=cell.text, detail=_title(old.table))
    for cell in come:
        context.account(Which.AFTER, new.path, _row_span(new.table, cell))
        spot = context.after_spot(new.path, cell.span.start)
        context.tell(ChangeKind.ROW_ADDED, None, spot, subject=cell.text, new=cell.text, detail=_title(new.table))


def _row_span(table: Table, first: Cell) -> Span:
    return next(row.span for row in table.rows if row.cells and row.cells[0] is first)


def _unequal(old: list[tuple[Cell, Span]], table: Table) -> tuple[list[tuple[Cell, Span]], list[Cell]]:
    """Rows of one side whose name the other has not, each way."""
    waiting: dict[str, list[Cell]] = defaultdict(list)
    for cell in _firsts(table):
        waiting[normalise(cell.text)].append(cell)
    gone = []
    for cell, span in old:
        same = waiting[normalise(cell.text)]
        if same:
            same.pop(0)
        else:
            gone.append((cell, span))
    left = {id(cell) for cells in waiting.values() for cell in cells}
    return gone, [cell for cell in _firsts(table) if id(cell) in left]


def _compare_columns(context: Context, old: Set, new: Set) -> None:
    names = [[normalise(cell.text) for cell in one.table.header.cells] for one in (old, new)]
    gone = [at for at, name in enumerate(names[0]) if name not in names[1]]
    come = [at for at, name in enumerate(names[1]) if name not in names[0]]
    for before, after in _renamed(old.table, gone, new.table, come):
        gone.remove(before)
        come.remove(after)
        one, other = old.table.header.cells[before], new.table.header.cells[after]
        context.account(Which.BEFORE, old.path, one.span)
        context.account(Which.AFTER, new.path, other.span)
        context.tell(
            ChangeKind.COLUMN_RENAMED,
            context.before_spot(old.path, one.span.start),
            context.after_spot(new.path, other.span.start),
            subject=other.text,
            old=one.text,
            new=other.text,
            detail=_title(new.table),
        )
    for at in gone:
        _account_column(context, Which.BEFORE, old, at)
        cell = old.table.header.cells[at]
        spot = context.before_spot(old.path, cell.span.start)
        context.tell(ChangeKind.COLUMN_REMOVED, spot, None, subject=cell.text, old=cell.text, detail=_title(old.table))
    for at in come:
        _account_column(context, Which.AFTER, new, at)
        cell = new.table.header.cells[at]
        spot = context.after_spot(new.path, cell.span.start)
        context.tell(ChangeKind.COLUMN_ADDED, None, spot, subject=cell.text, new=cell.text, detail=_title(new.table))


def _renamed(old: Table, gone: list[int], new: Table, come: list[int]) -> list[tuple[int, int]]:
    """Columns under another name: most of their cells are the same."""
    found = []
    left = list(come)
    for before in gone:
        mine = Counter(_column(old.rows, before))
        for after in left:
            shared = (mine & Counter(_column(new.rows, after))).total()
            if shared and 2 * shared > mine.total():
                found.append((before, after))
                left.remove(after)
                break
    return found


def _column(rows: Sequence[Row], at: int) -> list[str]:
    return [normalise(row.cells[at].text) for row in rows if at < len(row.cells) and row.cells[at].text]


def _account_column(context: Context, which: Which, one: Set, at: int) -> None:
    for row in (one.table.header, *one.table.rows):
        if at < len(row.cells):
            context.account(which, one.path, row.cells[at].span)


def _is_transposed(old: Table, new: Table) -> bool:
    """Whether the rows of one are the columns of the other."""
    columns = [[normalise(cell.text) for cell in table.header.cells[1:]] for table in (old, new)]
    rows = [[normalise(cell.text) for cell in _firsts(table)] for table in (old, new)]
    is_turned = columns[0] == rows[1] and columns[1] == rows[0]
    return is_turned and columns[0] != columns[1]
