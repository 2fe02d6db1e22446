"""``sitemap.xml``: every page that search engines may list, with the date of its last change where that is known."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from html import escape

from convergence_docs.site.publishing.catalogue import Facts

NAME = "sitemap.xml"


def render_sitemap(pages: Iterable[Facts]) -> str:
    """The sitemap (sitemaps.org 0.9). Generated pages have no date: a build is no change.

    Material takes from it, too, which links it may follow without loading a whole page.
    """
    entries = "".join(_entry(page) for page in pages if page.address and not page.is_hidden)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def zipped(data: bytes) -> bytes:
    """Data as gzip holds it, the same bytes on every day and machine."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as file:
        file.write(data)
    return packed.getvalue()


def _entry(page: Facts) -> str:
    changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
    return f"<url><loc>{escape(page.address)}</loc>{changed}</url>\n"
