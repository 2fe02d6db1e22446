"""The built site, served on loopback, and a real Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
PROBE = """# 探针

没有图的页面。下一页：[画图](diagrams.md)。
"""
DIAGRAMS = """# 画图

```mermaid
graph TD
    A[架构层收敛<br>收敛度 95%] --> B[Transformer 统治]
    style A fill:#bfb
```

```mermaid
graph LR
    A[坏 (图] --> B
```

公式 $\\frac{QK^{\\top}}{\\sqrt{d_k}}$ 与

$$
x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12} + x_{13} + x_{14} + x_{15} + x_{16}
$$
"""


class Served(NamedTuple):
    """A built site: its folder, its address, and the addresses of all its pages."""

    folder: Path
    origin: str
    pages: tuple[str, ...]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Reader:
    """A browser at which a reader sits who touches every page as soon as it is there: its scripts wait for that."""

    TOUCH = """document.addEventListener("DOMContentLoaded", () => dispatchEvent(new Event("wheel")))"""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def new_context(self, **options: Any) -> BrowserContext:
        """A fresh profile."""
        context = self.browser.new_context(**options)
        context.add_init_script(self.TOUCH)
        return context


@pytest.fixture(scope="session", name="chromium")
def reader(chromium: Browser) -> Reader:
    """Debian's Chromium, with a reader; ``browser`` is the one without."""
    return Reader(chromium)


def wait_for(page: Page, condition: str) -> None:
    """Wait until a condition holds, also without scripts, where ``wait_for_function`` looks only once."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came true: {condition}")


def build(config: Path, target: Path, *options: str, site_url: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` as a user would."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(target), *options]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if site_url:
        environ["SITE_URL"] = site_url
    return subprocess.run(command, capture_output=True, text=True, cwd=config.parent, env=environ, check=False)


def build_and_serve(config: Path, folder: Path, *options: str) -> Iterator[Served]:
    """Build a site for the address that it is served at (instant navigation wants that), and serve it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    origin = f"http://127.0.0.1:{server.server_port}"
    result = build(config, folder, *options, site_url=f"{origin}/")
    assert result.returncode == 0, result.stdout + result.stderr
    Thread(target=server.serve_forever, daemon=True).start()
    pages = sorted(f"{origin}/{page.parent.relative_to(folder).as_posix()}/" for page in folder.rglob("index.html"))
    yield Served(folder, origin, tuple(page.replace("/./", "/") for page in pages))
    server.shutdown()


def copy_project(target: Path) -> Path:
    """A copy of this project's site sources, to be damaged at will; gives the path of its ``mkdocs.yml``."""
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, target / name)
    return Path(shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """This project's own site."""
    target = tmp_path_factory.mktemp("site")
    yield from build_and_serve(ROOT / "mkdocs.yml", target)


@pytest.fixture(scope="session")
def probe_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two small pages under the project's configuration: one without diagrams, and one with a good and a bad one."""
    folder = tmp_path_factory.mktemp("probe")
    shutil.copytree(ROOT / "hooks", folder / "hooks")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(PROBE, "utf-8")
    (folder / "docs" / "diagrams.md").write_text(DIAGRAMS, "utf-8")
    (folder / "docs" / "vocabulary.yml").write_bytes((ROOT / "docs" / "vocabulary.yml").read_bytes())
    (folder / "mkdocs.yml").write_text(without_nav((ROOT / "mkdocs.yml").read_text("utf-8")), "utf-8")
    yield from build_and_serve(folder / "mkdocs.yml", folder / "site")


def without_nav(config: str) -> str:
    """The configuration without its ``nav``."""
    head, _, rest = config.partition("\nnav:\n")
    return head + "\n" + rest[rest.index("\nvalidation:") :]


@pytest.fixture
def context(chromium: Reader) -> Iterator[BrowserContext]:
    """A fresh profile at desktop size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(
    params=[(width, scheme) for width in (1280, 375, 320) for scheme in ("light", "dark")],
    ids=lambda one: f"{one[0]}-{one[1]}",
)
def page(request: pytest.FixtureRequest, chromium: Reader) -> Iterator[Page]:
    """A page of each width in each colour scheme, for modules that have no other."""
    width, scheme = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def path_of(address: str, origin: str) -> str:
    """An address without its origin, in readable characters."""
    return unquote(address.removeprefix(origin))
