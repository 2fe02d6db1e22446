"""Three searches over one site, each as a reader gets it: in Chromium, through its own worker or script."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from search_pages import NO_INDEX, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
OURS, MATERIAL, PAGEFIND = "ours", "Material + jieba", "Pagefind extended"
FOLDERS = {OURS: "ours", MATERIAL: "material", PAGEFIND: "ours"}  # Pagefind reads the same pages
PATTERNS = {
    OURS: ("search/search_index.json", "assets/convergence/search*", "assets/convergence/search/*"),
    MATERIAL: ("search/search_index.json", "assets/javascripts/workers/search.*.js"),
    PAGEFIND: (
        "pagefind/pagefind.js",
        "pagefind/*.pf_*",
        "pagefind/*/*",
        "pagefind/pagefind-worker.js",
        "pagefind/wasm.zh*",
    ),
}
EXTENSIONS = (
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
    "{pymdownx.arithmatex: {generic: true}}",
)
CATCH = """(() => { const Real = Worker
  window.owed = 0 // questions without an answer yet: Material asks one of its own
  window.Worker = class extends Real {
    constructor(...all) { super(...all); window.caught = this
      this.addEventListener("message", ({ data }) => { if (data.type === 1) window.isReady = true
        if (data.type === 3 && data.data.done !== false) owed-- }) }
    postMessage(message, ...rest) { if (message.type === 2) owed++; super.postMessage(message, ...rest) } } })()"""
ASK_WORKER = """async query => { while (owed > 0) await new Promise(resolve => setTimeout(resolve, 5))
  return new Promise(resolve => { const began = performance.now()
    const heard = ({ data }) => { if (data.type !== 3 || data.data.done === false) return
      caught.removeEventListener("message", heard)
      resolve({ time: performance.now() - began, hits: data.data.items.map(group => group.map(
        hit => ({ at: hit.location, score: hit.score, tier: hit.tier || "" }))) }) }
    caught.addEventListener("message", heard); caught.postMessage({ type: 2, data: query }) }) }"""
ASK_PAGEFIND = """async ([query, most]) => { const began = performance.now(), { results } = await pagefind.search(query)
  const first = await Promise.all(results.slice(0, 5).map(result => result.data()))
  const time = performance.now() - began
  const all = first.concat(await Promise.all(results.slice(5, most).map(result => result.data())))
  return { time, hits: all.map(page => [{ at: page.url, score: 0, tier: "" }, ...page.sub_results.map(
    sub => ({ at: sub.url, score: sub.locations.length, tier: "" }))]) } }"""


class Hit(NamedTuple):
    """One line that a reader sees: where it leads, and whether the search calls it exact (none of the peers says)."""

    page: str
    anchor: str
    tier: str


class Answer(NamedTuple):
    """What came back: pages in order, each with its lines, the best first; and after how many milliseconds."""

    pages: tuple[tuple[Hit, ...], ...]
    time: float


class Engine:
    """A search that stands ready in a page."""

    def __init__(self, name: str, page: Page, folder: Path) -> None:
        self.name, self.page, self.folder = name, page, folder

    def ask(self, query: str, most: int = 5) -> Answer:
        """Search; Pagefind opens no more than ``most`` pages of its answer."""
        if self.name == PAGEFIND:
            found = self.page.evaluate(ASK_PAGEFIND, [query, most])
        else:
            found = self.page.evaluate(ASK_WORKER, query)
        return Answer(tuple(_group(group) for group in found["hits"]), found["time"])

    def files(self) -> list[Path]:
        """The files of its index and its scripts."""
        return [path for pattern in PATTERNS[self.name] for path in self.folder.glob(pattern) if path.is_file()]


def _group(hits: list[dict[str, Any]]) -> tuple[Hit, ...]:
    ranked = sorted(hits, key=lambda hit: -float(hit["score"]))
    return tuple(Hit(*page_of(hit["at"]), hit["tier"]) for hit in ranked)


def squeezed_size(paths: list[Path]) -> int:
    """Bytes on the wire, where a server squeezes what is not squeezed yet."""
    return sum(min(path.stat().st_size, len(gzip.compress(path.read_bytes(), 9))) for path in paths)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def ready(name: str, chromium: Browser, work: Path) -> Iterator[Engine]:
    """A search that has been set up in a page of its own."""
    folder = work / FOLDERS[name]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page(locale="zh-CN")
    page.set_default_timeout(120_000)
    origin = f"http://127.0.0.1:{server.server_port}"
    start = next(folder.rglob("index.html")).relative_to(folder).parent.as_posix()
    if name == PAGEFIND:
        page.goto(f"{origin}/{start}/")
        page.evaluate("async () => { window.pagefind = await import('/pagefind/pagefind.js'); await pagefind.init() }")
    else:
        page.add_init_script(CATCH)
        page.goto(f"{origin}/{start}/")
        page.locator("input.md-search__input").focus()
        page.wait_for_function("() => window.isReady")
        page.wait_for_timeout(500)  # Material asks for the empty word once, and its answer is not ours
    yield Engine(name, page, folder)
    page.close()
    server.shutdown()


def build(docs: Path, work: Path, *, is_ours: bool) -> None:
    """Build a site twice, with our search and with Material's own, and let Pagefind read the first.

    Raises:
        SystemExit: a site could not be built.
    """
    shutil.copyfile(ROOT / "mkdocs.yml", work / "base.yml")
    for name in ("ours", "material"):
        if (work / name / "404.html").exists():
            continue
        config = work / f"{name}.yml"
        config.write_text(_config(docs, is_ours=is_ours, with_search=name == "ours"), "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(work / name)]
        environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://127.0.0.1/"}
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if done.returncode or "ERROR" in done.stderr:
            raise SystemExit(done.stderr[-3000:])
    if not (work / "ours" / "pagefind").exists():
        for path in (work / "ours").rglob("index.html"):
            if NO_INDEX in path.read_text("utf-8"):
                path.unlink()  # its owner would keep it from Pagefind, too
        command = [sys.executable, "-m", "pagefind", "--site", str(work / "ours"), "--quiet"]
        command += ["--root-selector", "article.md-content__inner", "--exclude-selectors", ".headerlink"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _config(docs: Path, *, is_ours: bool, with_search: bool) -> str:
    """This project's configuration; for other docs a plain one, for what else a build adds is the same to all."""
    import jieba  # type: ignore[import-untyped]  # without it Material's plugin splits nothing, and says nothing

    assert jieba
    hook = json.dumps(str(ROOT / "hooks" / "convergence.py"))
    separator = r"[\s\u200b]+" if with_search else r"[\s\u200b\-]"  # ours, and what Material advises for Chinese
    search = f"search: {{lang: [zh], separator: '{separator}'}}"
    lines = [f"docs_dir: {json.dumps(docs.name)}", f"hooks: [{hook}]"]
    site = [f"search: {str(with_search).lower()}"]
    if is_ours:
        lines += ["INHERIT: base.yml", f"plugins: {{{search}, mermaid2: {{}}}}"]
    else:
        lines += ["site_name: corpus", f"plugins: {{{search}}}"]
        lines += [
            "site_url: http://127.0.0.1/",
            "theme: {name: material, language: zh, font: false, features: [navigation.prune]}",
        ]
        lines += ["markdown_extensions: [" + ", ".join(EXTENSIONS) + "]"]
        site += [
            "check: false",
            "diagrams: 'off'",
            "place: false",
            "previews: false",
            "backlinks: false",
            "one_toc: false",
        ]
        site += ["number_order: false", "metadata: false", "dates: false"]
    values = [f"trusted: [{hook}]", f"site: {{{', '.join(site)}}}"]
    return "\n".join([*lines, "extra:", "  convergence:", *(f"    {value}" for value in values)]) + "\n"


def unpack(source: Path, work: Path) -> Path:
    """The pages in a folder or an archive, copied to where they are built."""
    docs = work / "docs"
    if docs.exists():
        return docs
    if source.is_dir():
        return Path(shutil.copytree(source, docs))
    with tarfile.open(source) as archive:
        archive.extractall(work / "archive", filter="data")
    inside = list((work / "archive").iterdir())
    return (inside[0] if len(inside) == 1 else work / "archive").rename(docs)


def chromium_path() -> str:
    """The browser of this machine.

    Raises:
        SystemExit: there is none.
    """
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise SystemExit("no Chromium on this machine (Debian: apt-get install chromium)")
    return path
