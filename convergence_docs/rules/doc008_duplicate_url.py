"""Two sources make one page. | 两个源文件对应同一个网址。

## What it checks

Under an MkDocs site: chapters whose pages have the same URL, such as `index.md` and `README.md` of one folder, or
`a.md` and `a/index.md` where URLs are folders. Everywhere: names that differ only in letter case or in how their
accents are encoded, which a disk of Windows or macOS cannot hold side by side.

在 MkDocs 站点中：页面网址相同的章节，例如同一文件夹中的 `index.md` 与 `README.md`，或网址为文件夹形式时的 `a.md` 与
`a/index.md`。在任何地方：仅大小写或重音编码不同的文件名，Windows 和 macOS 的磁盘无法让它们并存。

## Why it matters

The site shows one of the two, and which one is an accident. The other is written for nobody.

网站只会显示其中之一，至于是哪一个全凭偶然，另一个等于白写。

## Example

```yaml site
is_mkdocs: true
```

```md chapters/index.md
# 目录
```

```md chapters/README.md
# 说明
```

## Use instead

```yaml site
is_mkdocs: true
```

```md chapters/index.md
# 目录
```

```md chapters/about.md
# 说明
```

## Options

None.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.layout import is_index
from convergence_docs.rules.rule import Context, book_rule
from convergence_docs.text import Span

_HINT = Wording("Rename one of the two, or merge them.", "请重命名其中一个，或将两者合并。")


@book_rule(
    code="DOC008",
    name="duplicate-url",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "url": Wording("This page has the same URL as {other}: /{url}.", "此页面与 {other} 的网址相同：/{url}。"),
        "case": Wording(
            "This name differs from {other} only in letter case or in how its letters are encoded.",
            "此文件名与 {other} 只有大小写或字符编码形式之别。",
        ),
    },
    hints={"default": _HINT},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find chapters that displace each other."""
    site = book.site
    displaced = set()
    if site.is_mkdocs:
        for first, second in _clashes(book.entries, lambda path: _url(path, site.use_directory_urls)):
            displaced.add(second)
            arguments = {"other": first, "url": _url(second, site.use_directory_urls)}
            yield _clash(first, second, "url", arguments)
    for first, second in _clashes(book.entries, lambda path: normalize("NFC", path).casefold()):
        if second not in displaced:
            yield _clash(first, second, "case", {"other": first})


def _clash(first: str, second: str, case: str, arguments: dict[str, str]) -> Diagnostic:
    other = Related(first, Span(0, 0), Wording("the other source", "另一个源文件"))
    return Diagnostic(path=second, span=Span(0, 0), case=case, arguments=arguments, related=(other,))


def _clashes(paths: Iterable[str], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The first path of each key, with every later one. A folder's ``index.md`` comes first, for it wins."""
    first: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (posixpath.basename(path) != "index.md", path)):
        known = first.setdefault(key(path), path)
        if known != path:
            yield known, path


def _url(path: str, use_directory_urls: bool) -> str:
    """The URL of a chapter's page, as MkDocs makes it."""
    folder = posixpath.dirname(path)
    if is_index(path):
        return f"{folder}/" if folder else ""
    stem = path.rpartition(".")[0]
    return f"{stem}/" if use_directory_urls else f"{stem}.html"
