"""A page of a built site as a PDF, printed by Chromium: ``python -m <this> site print/ site/book.pdf``."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import quote

from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.site.printing.letters import mend_letters

LOG: Final = logging.getLogger("convergence_docs.pdf")
VARIABLE: Final = "CHROMIUM"
"""Names the browser where it is none of those below."""
NAMES: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_SECONDS = 300
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--virtual-time-budget=60000",  # milliseconds of the page's own time, for diagrams that the browser draws
)


def print_page(folder: Path, address: str, target: Path) -> None:
    """Print a page.

    Args:
        folder: a built site.
        address: the page's address in it, ``print/``.
        target: the PDF; it is written anew.

    Raises:
        Fault: there is no such page or no browser, or the browser prints nothing.
    """
    file = folder / address
    if not (file / "index.html").is_file() and not file.is_file():
        raise Fault(
            en="The site has no such page.",
            zh="网站里没有这一页。",
            hint_en="Set print_page under extra.convergence.site, and build the site first.",
            hint_zh="请先在 extra.convergence.site 下设置 print_page，再构建网站。",
            where=str(file),
        )
    browser = find_browser()
    made = Path(tempfile.mkdtemp(prefix="convergence-"))
    try:
        with _served(folder) as origin:
            said = _run(browser, f"{origin}/{quote(address)}", made)
        if not (made / "page.pdf").is_file():
            raise Fault(
                en="The browser printed nothing.",
                zh="浏览器没有印出任何东西。",
                hint_en=said,
                hint_zh=said,
                where=browser,
            )
        mend_letters(made / "page.pdf")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made / "page.pdf", target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def find_browser() -> str:
    """The Chromium that is installed, or one of its kin.

    Raises:
        Fault: there is none.
    """
    named = os.environ.get(VARIABLE)
    found = next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)
    if found is None:
        raise Fault(
            en=f"There is no {named}." if named else "Neither Chromium nor Chrome nor Edge was found.",
            zh=f"没有找到 {named}。" if named else "没有找到 Chromium、Chrome 或 Edge。",
            hint_en=f"Install one (Debian, Ubuntu: apt-get install chromium), or name it: {VARIABLE}=/path/to/chromium",
            hint_zh=f"请安装一个（Debian、Ubuntu：apt-get install chromium），或者指明：{VARIABLE}=/path/to/chromium",
        )
    return found


def _run(browser: str, address: str, made: Path) -> str:
    """Have the page printed into ``made``; gives the last line that the browser said."""
    command = [browser, *_OPTIONS, f"--user-data-dir={made / 'profile'}", f"--print-to-pdf={made / 'page.pdf'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses root otherwise
    try:
        result = subprocess.run([*command, address], capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"> {_SECONDS} s"
    lines = result.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The site on loopback: pages that are opened as files may not read one another."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def main(arguments: list[str]) -> int:
    """Print a page; gives 0, or 2 where it cannot be done."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    folder, address, target = arguments
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    languages: tuple[Language, ...] = ("zh",) if spoken.startswith("zh") else ("en", "zh")
    try:
        print_page(Path(folder), address, Path(target))
    except Fault as fault:
        for language in languages:
            where = f"{fault.where}: " if fault.where else ""
            LOG.error("%s%s %s", where, fault.title[language], fault.hint[language])
        return 2
    LOG.info("%s", target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
