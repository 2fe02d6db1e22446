"""A web server on this machine that answers in every way that other sites do."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

PAUSE = 4.0
"""Seconds that ``/timeout`` waits: longer than tests let it."""


class Site(ThreadingHTTPServer):
    """Counts what it is asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.lock = Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what some tests are about."""

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answers(BaseHTTPRequestHandler):
    """``/200`` answers 200, and so on."""

    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.asked[self.path] += 1
            self.server.times.append(time.monotonic())
            count = self.server.asked[self.path]
        name = self.path.partition("?")[0].strip("/")
        if name == "timeout":
            time.sleep(PAUSE)
        elif name == "slow":
            self._slowly()
        elif name == "429-then-200" and count > 1:
            self._say(200)
        elif name.startswith("429"):
            self._say(429, **{"Retry-After": "1"})
        elif name == "loop":
            self._say(302, Location="/loop")
        elif name in ("301", "302", "308"):
            self._say(int(name), Location="/200?moved")
        elif name == "301-to-404":
            self._say(301, Location="/404")
        else:
            self._say(int(name) if name.isdecimal() else 200)

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": "0", "Connection": "close", **headers}.items():
            self.send_header(key, value)
        self.end_headers()

    def _slowly(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        with suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(certificate: tuple[Path, Path] | None = None) -> Iterator[Site]:
    """A running site; with TLS where it is given a certificate and its key."""
    site = Site()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody vouches for, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*words, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key
