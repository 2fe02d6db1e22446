"""The worker in V8, without a browser: asked as Material asks it, with the files of an index at hand."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from py_mini_racer import MiniRacer

from convergence_docs.site.search.feature import worker_script
from convergence_docs.site.search.packing import Index

_AROUND = """
var said = [], files = {}, asked = [], heard = [];
var console = { error: e => said.push({ type: "error", data: String(e && e.stack || e) }) };
var setTimeout = undefined;
function bytesOf(text) {
  const A = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", out = [];
  for (let at = 0; at < text.length; at += 4) {
    const four = [0, 1, 2, 3].map(n => A.indexOf(text[at + n]));
    out.push((four[0] << 2 | four[1] >> 4) & 255);
    if (four[2] >= 0) out.push((four[1] << 4 | four[2] >> 2) & 255);
    if (four[3] >= 0) out.push((four[2] << 6 | four[3]) & 255);
  }
  return Uint8Array.from(out);
}
var TextDecoder = class { decode(bytes) {
  let out = "";
  for (let at = 0; at < bytes.length; ) {
    const one = bytes[at++];
    if (one < 128) out += String.fromCharCode(one);
    else if (one < 224) out += String.fromCharCode((one & 31) << 6 | bytes[at++] & 63);
    else if (one < 240) out += String.fromCharCode((one & 15) << 12 | (bytes[at++] & 63) << 6 | bytes[at++] & 63);
    else {
      const high = (one & 7) << 18 | (bytes[at++] & 63) << 12;
      out += String.fromCodePoint(high | (bytes[at++] & 63) << 6 | bytes[at++] & 63);
    }
  }
  return out;
} };
var URL = class { constructor(text) { this.href = String(text) } };
var self = { __cdSearchPort: {
  location: "memory:", postMessage: one => said.push(one), addEventListener: (_, listen) => heard.push(listen),
  read: async name => {
    asked.push(name);
    if (!(name in files)) throw new Error("no " + name);
    return bytesOf(files[name]);
  },
} };
function send(message) { heard.forEach(listen => listen({ data: message })) }
function take() { const all = said; said = []; return JSON.stringify(all) }
"""
_LITERAL = re.compile(rb'__cdSearch\("[^"]*","(.*)"\)', re.DOTALL)
_ESCAPED = {b"\\n": b"\n", b"\\r": b"\r", b'\\"': b'"', b"\\\\": b"\\"}


class Hit(NamedTuple):
    """A line of the result."""

    location: str
    title: str
    text: str
    tier: str
    kind: str
    score: float
    path: tuple[str, ...]
    is_shown: bool
    """Whether it is a hit, and not the page that a group of hits stands under."""

    @property
    def page(self) -> str:
        """The page's address."""
        return re.split("[?#]", self.location)[0]

    @property
    def anchor(self) -> str:
        """The section's id; empty at the top of a page."""
        return self.location.partition("#")[2]


class Answer(NamedTuple):
    """The last of the answers to a question, and how many there were."""

    groups: tuple[tuple[Hit, ...], ...]
    data: Mapping[str, Any]
    times: int

    def hits(self, *tiers: str) -> tuple[Hit, ...]:
        """All hits of some tiers, or of every one."""
        return tuple(hit for group in self.groups for hit in group if hit.is_shown and (not tiers or hit.tier in tiers))


class Engine:
    """The worker with an index."""

    def __init__(self, files: Mapping[str, bytes], config: Mapping[str, Any], room: int = 0) -> None:
        self._files = files
        self._engine = MiniRacer()
        self._engine.eval(_AROUND)
        for name, content in files.items():
            self._engine.eval(
                f"files[{json.dumps(name)}] = {json.dumps(base64.b64encode(_unquoted(content)).decode())}"
            )
        script = worker_script()
        assert script.startswith("(port => {")
        if room:
            script, changes = re.subn(r"(?<=const ROOM = )[\d_]+", str(room), script)
            assert changes == 1
        self._engine.eval(script.replace("{", "{ globalThis.inner = one => eval(one);", 1))
        self._send({"type": 0, "data": {"config": {"convergence": config}, "docs": [], "options": {}}})
        assert [one["type"] for one in self._said()] == [1]

    def ask(self, text: str) -> Answer:
        """Ask as a reader who types ``text``."""
        self._send({"type": 2, "data": text})
        said = self._said()
        assert said, "no answer"
        assert all(one["type"] == 3 and "failed" not in one["data"] for one in said), said
        assert [one["data"]["done"] for one in said] == [False] * (len(said) - 1) + [True]
        data = said[-1]["data"]
        groups = tuple(
            tuple(
                Hit(
                    **{key: item[key] for key in ("location", "title", "text", "tier", "kind", "score")},
                    path=tuple(item["path"]),
                    is_shown=item["score"] > 0,
                )
                for item in group
            )
            for group in data["items"]
        )
        return Answer(groups, data, len(said))

    def wake(self) -> None:
        """Say that a reader has put the cursor into the box."""
        self._send({"type": 4})
        assert self._said() == []

    def of(self, function: str, value: object) -> Any:
        """What a function of the worker gives for a value."""
        return json.loads(str(self._engine.eval(f"JSON.stringify(inner({json.dumps(function)})({json.dumps(value)}))")))

    def close(self) -> None:
        """End it: V8 would hold up the end of the process."""
        self._engine.close()

    @property
    def fetched(self) -> tuple[str, ...]:
        """The names of the files that were asked for so far."""
        return tuple(json.loads(str(self._engine.eval("JSON.stringify(asked)"))))

    @property
    def whole(self) -> int:
        """The size of all files together, in bytes."""
        return sum(map(len, self._files.values()))

    def weight(self, name: str) -> int:
        """The size of a file, in bytes."""
        return len(self._files[name])

    def file(self, kind: str) -> str:
        """What the one file of this kind holds."""
        (content,) = (content for name, content in self._files.items() if name.startswith(f"{kind}."))
        return zlib.decompress(_unquoted(content)).decode()

    def _send(self, message: object) -> None:
        self._engine.eval(f"send({json.dumps(message)})")

    def _said(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = json.loads(str(self._engine.eval("take()")))
        return said


def engine_of(index: Index, facets: Mapping[str, Any] | None = None, room: int = 0) -> Engine:
    """The worker with a packed index; ``room``: how many characters may stay in memory, if not as many as usual."""
    files = {file.name: file.content for file in index.files}
    return Engine(files, {"directory": index.directory, "language": "zh", "facets": dict(facets or {})}, room)


def engine_at(site: Path) -> Engine:
    """The worker with the index of a built site."""
    config = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["config"]["convergence"]
    files = {
        path.name.removesuffix(".js"): path.read_bytes() for path in (site / "assets/convergence/search").iterdir()
    }
    return Engine(files, config)


def _unquoted(content: bytes) -> bytes:
    literal = _LITERAL.fullmatch(content)
    assert literal is not None
    return re.sub(rb'\\[nr"\\]', lambda match: _ESCAPED[match[0]], literal[1])
