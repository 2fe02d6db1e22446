"""When each page was last changed: asked of git once a build, and shown where it is known."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.errors import Fault
from convergence_docs.history import LastChange, read_history
from convergence_docs.site.log import LOG
from convergence_docs.site.publishing.catalogue import moment

if TYPE_CHECKING:
    from mkdocs.structure.files import File

_SHOWN: Final = Wording("Last changed {} (UTC)", "最近修改：{}（UTC）")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNKNOWN: Final = Wording(
    "This clone is shallow, so it is not known when {count} of {all} pages were last changed; they show no date. "
    "Fetch the whole history (git fetch --unshallow; in GitHub Actions fetch-depth: 0).",
    "这是浅克隆，{all} 页中有 {count} 页无从得知最近修改的时间，页面上不显示日期。"
    "请取回完整历史（git fetch --unshallow；GitHub Actions 中设置 fetch-depth: 0）。",
)
_NONE: Final = Wording("Pages show no date of their last change: {}", "页面不显示最近修改的日期：{}")


def last_changes(files: Iterable[File], folder: str, language: Language) -> dict[str, LastChange]:
    """The last change of each page that a file stands behind, by its path; what is unknown is left out, and said."""
    pages = [file for file in files if file.generated_by is None and file.abs_src_path]
    try:
        history = read_history(folder)
    except Fault as fault:
        LOG.info("%s", _NONE.to(language).format(fault.title[language]))
        return {}
    found = {file.src_uri: history.of(str(file.abs_src_path)) for file in pages}
    known = {path: change for path, change in found.items() if change is not None}
    if history.is_shallow and len(known) < len(pages):
        LOG.info("%s", _UNKNOWN.to(language).format(count=len(pages) - len(known), all=len(pages)))
    return known


def shown(change: LastChange, language: Language) -> str:
    """The date of a change as HTML in a site's language, with its time for machines."""
    time = moment(change.time)
    year, month, day = (int(part) for part in time[:10].split("-"))
    date = Wording(f"{day} {_MONTHS[month - 1]} {year}", f"{year}年{month}月{day}日").to(language)
    return _SHOWN.to(language).format(f'<time datetime="{escape(time)}">{escape(date)}</time>')
