"""How long a reader waits for the first hits, from a small book to one of thousands of pages, in Chromium's own worker.

    python bench/search_latency.py [N|FOLDER ...]

For each count of generated pages (the project's own chapters stand for ``0``) and each folder of Markdown prints the
size of the index, and for 60 random pieces of the text, each asked in a worker of its own so that nothing but the
directory is there: milliseconds to the first hits, for a reader who asks at once and for one who has put the cursor
into the box a second before (20 of the pieces); then for the same pieces one after another in one worker; and the share
of the index that the first of them made it fetch.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from generate import generate
from markdown import Markdown
from playwright.sync_api import Page, sync_playwright
from search_engines import ROOT, Quiet, chromium_path

from convergence_docs.site.search.facets import make_facets
from convergence_docs.site.search.feature import worker_script
from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import IndexedPage, pack
from convergence_docs.site.search.page_text import PageReader
from convergence_docs.site.search.words import make_words

SAMPLES, SEED = 60, 20261122
EXTENSIONS = ["attr_list", "fenced_code", "footnotes", "tables", "toc"]
ASK = """async ([query, isAwaited]) => {
  if (!window.standing) {
    window.standing = new Worker("search.js")
    standing.postMessage({ type: 0, data: { config: { convergence: SETTINGS } } })
    if (isAwaited) { standing.postMessage({ type: 4 }); await new Promise(done => setTimeout(done, 1000)) }
  }
  const began = performance.now()
  return new Promise(done => {
    const hear = ({ data }) => {
      if (data.type !== 3 || data.data.asked !== query || (!data.data.items.length && data.data.done === false)) return
      standing.removeEventListener("message", hear)
      done([performance.now() - began, data.data.items.length])
    }
    standing.addEventListener("message", hear)
    standing.postMessage({ type: 2, data: query })
  })
}"""


def main() -> None:
    """Build, ask, print."""
    print("| pages | index, kB | to gzipped text | at once | cursor in the box | in a row, worst | fetched |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--headless", "--no-sandbox"])
        for asked in sys.argv[1:] or ["0", "600", "5000"]:
            with tempfile.TemporaryDirectory() as work:
                measure(chromium.new_page(), book(asked, Path(work)), Path(work))
        chromium.close()


def book(asked: str, work: Path) -> Path:
    """The folder that a word of the command line stands for."""
    if not asked.isdecimal():
        return Path(asked)
    if not int(asked):
        return ROOT / "docs" / "chapters"
    generate(work / "book", int(asked))
    return work / "book"


def measure(page: Page, chapters: Path, work: Path) -> None:
    """One row of the table."""
    pages = list(read_pages(chapters))
    texts = [one.text_of(number) for one in pages for number in range(len(one.sections))]
    facets = make_facets(pages, [one.url for one in pages], None, None)
    index = pack(pages, {"claims": facets.table, "words": make_words([normalise(text) for text in texts], None)})
    settings = {"directory": index.directory, "language": "zh", "facets": facets.offered}
    web = work / "web"
    (web / "search").mkdir(parents=True)
    for file in index.files:
        (web / "search" / f"{file.name}.js").write_bytes(file.content)
    (web / "search.js").write_text(worker_script(), "utf-8")
    (web / "index.html").write_text(f"<script>const SETTINGS = {json.dumps(settings)}</script>", "utf-8")
    asked: list[int] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, asked, directory=str(web)))
    Thread(target=server.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    size = sum(len(file.content) for file in index.files)
    squeezed = len(gzip.compress("\n".join(texts).encode(), 9))
    pieces = pick(texts)
    cold = [alone(page, piece, is_awaited=False) for piece in pieces]
    waited = [alone(page, piece, is_awaited=True) for piece in pieces[:20]]
    asked.clear()
    row = [alone(page, pieces[0], is_awaited=True)]
    share = sum(asked) / size
    row += [page.evaluate(ASK, [piece, True])[0] for piece in pieces[1:]]
    print(
        f"| {len(pages)} | {size / 1000:.0f} | {size / squeezed:.2f} | {median(cold):.0f} ms | {median(waited):.0f} ms"
        f" | {median(row):.0f}, {max(row):.0f} ms | {share:.0%} |",
        flush=True,
    )
    server.shutdown()


def alone(page: Page, piece: str, *, is_awaited: bool) -> float:
    """Milliseconds to the first hits in a new worker."""
    page.evaluate("() => { window.standing?.terminate(); window.standing = null }")
    time, hits = page.evaluate(ASK, [piece, is_awaited])
    assert hits, f"nothing for {piece}"
    return float(time)


def read_pages(folder: Path) -> Iterator[IndexedPage]:
    """The pages of a folder as the site would have them indexed."""
    markdown = Markdown(extensions=EXTENSIONS)
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        sections = PageReader().read(markdown.reset().convert(path.read_text("utf-8")))
        yield IndexedPage(f"{number}/", path.stem, sections, 1.0)


def pick(texts: Sequence[str]) -> list[str]:
    """Random pieces of four to twelve signs."""
    chance = random.Random(SEED)
    found: list[str] = []
    while len(found) < SAMPLES:
        text = chance.choice(texts)
        start, length = chance.randrange(max(1, len(text) - 12)), chance.randint(4, 12)
        piece = " ".join(text[start : start + length].split())
        if len(normalise(piece).strip()) > 3 and piece[0].isalpha() and ":" not in piece:
            found.append(piece)
    return found


class Counting(Quiet):
    """Counts the bytes of what it serves."""

    def __init__(self, asked: list[int], *args: Any, **options: Any) -> None:
        self.asked = asked
        super().__init__(*args, **options)

    def handle(self) -> None:
        """A worker that is ended does not wait for what it asked for."""
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def end_headers(self) -> None:
        """Nothing is kept by the browser: every worker fetches what it needs."""
        super().send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_header(self, keyword: str, value: str) -> None:
        """Take note of the length of a part of the index."""
        if keyword == "Content-Length" and self.path.startswith("/search/"):
            self.asked.append(int(value))
        super().send_header(keyword, value)


if __name__ == "__main__":
    main()
