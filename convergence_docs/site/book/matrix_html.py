"""The matrix, and the table of one subject's claims, in HTML that is whole without a script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape_all
from itertools import chain

from convergence_docs.diagnostic import Wording
from convergence_docs.model.vocabulary import Term
from convergence_docs.site import words
from convergence_docs.site.book.matrix import Column, Group, Matrix, Row, Stated
from convergence_docs.site.book.value_html import plain_words, render_value, sort_key
from convergence_docs.site.frame import Frame, escape


def render_matrix(matrix: Matrix, frame: Frame) -> str:
    """The matrix, a table for each kind of subject, with filters that the style sheet alone reads."""
    if not matrix.groups:
        return f'<p class="cd-note">{frame.say(words.NO_CLAIMS)}</p>'
    tables = "".join(render_group(group, frame) for group in matrix.groups)
    return f'<div class="cd-matrix" data-search-exclude>{_filters(matrix, frame)}{_notes(matrix, frame)}{tables}</div>'


def render_group(group: Group, frame: Frame, *, has_definitions: bool = False) -> str:
    """The table of one kind of subject, in a box that scrolls; ``has_definitions``: each with what it is."""
    sortable = _sortable(group)
    head = "".join(
        f'<th scope="col"{" data-cd-sortable" if column.key in sortable else ""}>{_dimension(column)}</th>'
        for column in group.columns
    )
    body = "".join(_row(row, group.columns, frame, has_definitions) for row in group.rows)
    kind = words.KIND_NAMES[group.kind]
    label = frame.say(Wording(f"{kind.en}, scrolls sideways", f"{kind.zh}，可横向滚动"))
    data = f'data-cd-group="{group.kind}"{" data-cd-disputed" if group.disputed else ""}'
    return (
        f'<div class="cd-scroll" role="region" tabindex="0" aria-label="{label}" {data}>'
        f'<table class="cd-table" data-cd-sort><caption class="cd-hidden">{frame.say(kind)}</caption>'
        f'<thead><tr><th scope="col">{frame.say(kind)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _sortable(group: Group) -> set[str]:
    """The columns in which more than two subjects have figures, and not all the same."""
    keys: dict[str, list[float]] = {}
    for row in group.rows:
        for column, cell in row.cells.items():
            key = _key(cell)
            if key is not None:
                keys.setdefault(column, []).append(key)
    return {column for column, found in keys.items() if len(found) > 2 and len(set(found)) > 1}


def _key(cell: tuple[Stated, ...]) -> float | None:
    """The number by which a cell is put in order: that of its first figure."""
    return next((key for one in cell if (key := sort_key(one.value)) is not None), None)


def _filters(matrix: Matrix, frame: Frame) -> str:
    if len(matrix.groups) == 1 and not matrix.disputed:
        return ""
    boxes = [
        f'<label><input type="checkbox" data-cd-kind="{group.kind}" checked autocomplete="off"> '
        f'{frame.say(words.KIND_NAMES[group.kind])} <span class="cd-count">{len(group.rows)}</span></label>'
        for group in matrix.groups
    ]
    if matrix.disputed:
        boxes.append(
            f'<label class="cd-filter__disputed"><input type="checkbox" data-cd-disputes autocomplete="off"> '
            f'{frame.say(words.ONLY_DISPUTED)} <span class="cd-count">{matrix.disputed}</span></label>'
        )
    return f'<fieldset class="cd-filter"><legend>{frame.say(words.SHOWN)}</legend>{"".join(boxes)}</fieldset>'


def _notes(matrix: Matrix, frame: Frame) -> str:
    notes = [frame.say(words.SOLID)]
    if not matrix.disputed:
        notes.append(frame.say(words.NONE_DISPUTED))
    if matrix.left_out:
        notes.append(
            frame.say(
                Wording(
                    f"{matrix.left_out} claims have no room here; the files below hold all of them.",
                    f"另有 {matrix.left_out} 条论断不在此表，下面的文件里有全部论断。",
                )
            )
        )
    return f'<p class="cd-note">{frame.gap.join(notes)}</p>'


def _dimension(column: Column) -> str:
    hint = f' title="{escape_all(column.term.definition)}"' if column.term and column.term.definition else ""
    return f"<span{hint}>{escape(column.name)}</span>"


def _row(row: Row, columns: tuple[Column, ...], frame: Frame, has_definition: bool) -> str:
    name = frame.term(row.term) if row.term else escape(row.name)
    if has_definition and row.term and row.term.definition:
        name += f'<small class="cd-limits">{escape(row.term.definition)}</small>'
    cells = "".join(_cell(row.cells.get(column.key, ()), frame) for column in columns)
    disputed = " data-cd-disputed" if row.is_disputed else ""
    return f'<tr{disputed}><th scope="row">{name}</th>{cells}</tr>'


def _cell(cell: tuple[Stated, ...], frame: Frame) -> str:
    if not cell:
        return '<td class="cd-empty"></td>'
    key = _key(cell)
    sort = "" if key is None else f' data-cd-key="{key:g}"'
    return f"<td{sort}>{''.join(render_stated(one, frame) for one in cell)}</td>"


def render_stated(stated: Stated, frame: Frame) -> str:
    """A value with its limits, and the way to its places: a link to a single one, a list of several to unfold."""
    shown = render_value(stated.value, frame.language)
    if len(stated.statements) == 1:
        statement = stated.statements[0]
        name = f' title="{escape_all(frame.place_name(statement))}"'
        value = frame.link(statement.path, statement.claim.anchor, shown, name)
    else:
        counted = Wording(f"{len(stated.statements)} places", f"{len(stated.statements)} 处")
        places = "".join(f"<li>{place}</li>" for place in _places(stated, frame, has_limits=not stated.is_uniform))
        value = (
            f'<details><summary>{shown} <span class="cd-count">{frame.say(counted)}</span></summary>'
            f"<ul>{places}</ul></details>"
        )
    flag = f'<span class="cd-flag">{frame.say(words.DISPUTED)}</span>' if stated.is_disputed else ""
    disputed = " cd-value--disputed" if stated.is_disputed else ""
    return f'<div class="cd-value{disputed}">{value}{_limits(stated.scope, stated.year)}{flag}</div>'


def _places(stated: Stated, frame: Frame, *, has_limits: bool = False) -> list[str]:
    """The places without repetition, for a section may state a value twice; ``has_limits``: each with its own."""
    return list(
        dict.fromkeys(
            frame.place(one) + (_limits(one.claim.scope, one.claim.year) if has_limits else "")
            for one in stated.statements
        )
    )


def _by_chapter(stated: Stated, frame: Frame) -> str:
    """The places, a chapter a line, its sections one after the other."""
    chapters: dict[str, dict[str, str]] = {}
    for one in stated.statements:
        chapters.setdefault(one.path, {})[one.claim.anchor] = one.claim.heading
    lines = []
    for path, sections in chapters.items():
        title = frame.titles.get(path, path)
        links = [frame.link(path, anchor, escape(heading or title)) for anchor, heading in sections.items()]
        told = "" if set(sections.values()) <= {"", title} else f"{escape(title)} › "
        lines.append(f"<li>{told}{frame.say(Wording(', ', '、')).join(links)}</li>")
    return "".join(lines)


def _limits(scope: str, year: int | None) -> str:
    limits = " · ".join(filter(None, (plain_words(scope), str(year or ""))))
    return f'<small class="cd-limits">{escape(limits)}</small>' if limits else ""


def render_claims(rows: Iterable[tuple[str, Term | None, tuple[Stated, ...]]], frame: Frame) -> str:
    """The claims of one subject as a table by dimension, every value with all its places in sight.

    ``rows`` are the dimension's name, its term, and the values.
    """
    kept = [row for row in rows if row[2]]
    if not kept:
        return f'<p class="cd-note">{frame.say(words.NOTHING_STATED)}</p>'
    places = frame.say(Wording("Where", "出处"))
    head = (
        f'<tr><th scope="col">{frame.say(words.DIMENSION)}</th><th scope="col">{frame.say(words.VALUE)}</th>'
        f'<th scope="col">{places}</th></tr>'
    )
    body = chain.from_iterable(_claims_of(name, term, cell, frame) for name, term, cell in kept)
    label = Wording("Claims, scrolls sideways", "数值表，可横向滚动")
    return (
        f'<div class="cd-scroll" role="region" tabindex="0" aria-label="{frame.say(label)}">'
        f'<table class="cd-table cd-claims"><thead>{head}</thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _claims_of(name: str, term: Term | None, cell: tuple[Stated, ...], frame: Frame) -> Iterable[str]:
    for at, stated in enumerate(cell):
        span = f' rowspan="{len(cell)}"' if len(cell) > 1 else ""
        head = f'<th scope="row"{span}>{_dimension(Column("", name, term))}</th>' if at == 0 else ""
        flag = f'<span class="cd-flag">{frame.say(words.DISPUTED)}</span>' if stated.is_disputed else ""
        disputed = " cd-value--disputed" if stated.is_disputed else ""
        value = f"{render_value(stated.value, frame.language)}{_limits(stated.scope, stated.year)}{flag}"
        yield (
            f'<tr>{head}<td><div class="cd-value{disputed}">{value}</div></td>'
            f'<td><ul class="cd-places">{_by_chapter(stated, frame)}</ul></td></tr>'
        )
