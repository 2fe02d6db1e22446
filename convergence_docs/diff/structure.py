"""Chapters and sections that came, went, were renamed or moved; and what the front matter says of them."""

from __future__ import annotations

from convergence_docs.diff.context import Context
from convergence_docs.diff.passages import Passages, Section
from convergence_docs.model.change import ChangeKind, Spot

LONGEST_VALUE = 200
"""Characters of a front matter's value that are told."""


def tell_structure(context: Context) -> None:
    """Compare chapters, then the sections of those that are on both sides."""
    matching = context.matching
    for path, sections in context.before.sections.items():
        if path not in matching.chapters:
            spot = _spot(context.before, sections[0])
            context.tell(ChangeKind.CHAPTER_REMOVED, spot, None, old=sections[0].title, extent=len(sections) - 1)
    for path, sections in context.after.sections.items():
        if context.is_new(path):
            spot = _spot(context.after, sections[0])
            context.tell(ChangeKind.CHAPTER_ADDED, None, spot, new=sections[0].title, extent=len(sections) - 1)
    for old_path, new_path in matching.chapters.items():
        _tell_chapter(context, context.before.sections[old_path][0], context.after.sections[new_path][0])
    for path, sections in context.before.sections.items():
        if path in matching.chapters:
            for section in sections[1:]:
                _tell_section(context, section)
    for path, sections in context.after.sections.items():
        if not context.is_new(path):
            for section in sections[1:]:
                _tell_new(context, section)


def _tell_chapter(context: Context, old: Section, new: Section) -> None:
    before, after = _spot(context.before, old), _spot(context.after, new)
    if old.path != new.path or old.title != new.title:
        is_path = old.title == new.title
        context.tell(
            ChangeKind.CHAPTER_RENAMED,
            before,
            after,
            subject=new.title,
            old=old.path if is_path else old.title,
            new=new.path if is_path else new.title,
            detail="path" if is_path else "title" if old.path == new.path else "both",
        )
    values = [
        context.before.side.chapters[old.path].front_matter.values,
        context.after.side.chapters[new.path].front_matter.values,
    ]
    for key in sorted({str(key) for one in values for key in one}):
        if key != "title" and values[0].get(key) != values[1].get(key):
            told = [_short(one[key]) if key in one else "" for one in values]
            context.tell(ChangeKind.METADATA_CHANGED, before, after, subject=key, old=told[0], new=told[1])


def _tell_section(context: Context, old: Section) -> None:
    """What became of a section of a chapter that is still there."""
    new = context.matching.sections.get(old)
    before = _spot(context.before, old)
    if new is None:
        parent = old.parent
        if parent is None or parent.place == 0 or parent in context.matching.sections:
            gone = sum(one not in context.matching.sections for one in old.below()) - 1
            context.tell(ChangeKind.SECTION_REMOVED, before, None, subject=old.title, old=old.title, extent=gone)
        return
    after = _spot(context.after, new)
    if old.parent and new.parent and context.matching.sections.get(old.parent) is not new.parent:
        context.tell(
            ChangeKind.SECTION_MOVED,
            before,
            after,
            subject=new.title,
            old=_way(old),
            new=_way(new),
            detail="chapter" if context.matching.chapters.get(old.path) != new.path else "",
        )
    if old.name != new.name:
        context.tell(ChangeKind.SECTION_RENAMED, before, after, subject=new.title, old=old.title, new=new.title)


def _tell_new(context: Context, new: Section) -> None:
    if new in context.matching.origins:
        return
    parent = new.parent
    if parent is None or parent.place == 0 or parent in context.matching.origins:
        come = sum(one not in context.matching.origins for one in new.below()) - 1
        after = _spot(context.after, new)
        context.tell(ChangeKind.SECTION_ADDED, None, after, subject=new.title, new=new.title, extent=come)


def _spot(side: Passages, section: Section) -> Spot:
    """Where a section's heading stands; of a chapter, its title."""
    heading = section.heading
    if heading is None:
        headings = side.side.chapters[section.path].headings
        heading = headings[0] if headings and headings[0].level == 1 else None
    return side.spot(section.path, heading.text_span.start if heading else section.start)


def _way(section: Section) -> str:
    """The headings above a section, its chapter's first."""
    names = []
    above = section.parent
    while above is not None:
        names.append(above.title)
        above = above.parent
    return " › ".join(reversed(names))


def _short(value: object) -> str:
    said = " ".join(str(value).split())
    return said if len(said) <= LONGEST_VALUE else said[: LONGEST_VALUE - 1] + "…"
