"""`mkdocs serve`, as an author uses it: the page in the browser follows what is written."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import urlopen

import pytest

from tests.site.conftest import ROOT, without_nav

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class Desk(NamedTuple):
    """A served book of one page."""

    page: Path
    address: str


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A book under this project's configuration, served by MkDocs."""
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks")
    page = tmp_path / "docs" / "index.md"
    page.parent.mkdir()
    page.write_text("# 初稿\n\n第一遍。\n", "utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_bytes((ROOT / "docs" / "vocabulary.yml").read_bytes())
    config = without_nav((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert "csp: true" in config
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", str(tmp_path / "mkdocs.yml"), "-a", address]
    process = subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    try:
        while not answers(f"http://{address}/"):
            assert process.poll() is None, "it gave up"
            sleep(0.2)
        yield Desk(page, f"http://{address}/")
    finally:
        process.terminate()
        process.wait()


def answers(address: str) -> bool:
    """Whether a page is served."""
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.browser
def test_the_page_follows_what_is_written(desk: Desk, context: BrowserContext) -> None:
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(desk.address)
    for title in ("二稿", "三稿"):  # the second build is by a configuration that MkDocs has read anew
        desk.page.write_text(f"# {title}\n\n又一遍。\n", "utf-8")
        page.locator("h1", has_text=title).wait_for(timeout=60_000)
    assert errors == []
