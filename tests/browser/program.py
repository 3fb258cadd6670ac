"""The server as its own program, to be killed and started again."""

import re
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event


class Program:
    """`alliance serve` on one port and one folder, whatever happens to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.house = ""

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Starts it, and waits until it has printed the facilitator's link."""
        paper = self._folder / "server.out"
        where = ["--port", str(self._port), "--data", str(self._folder / "data")]
        with paper.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "serve", *where],
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        while "Ctrl+C" not in (said := paper.read_text()):
            assert self._process.poll() is None, said
            Event().wait(0.02)
        self.house = re.findall(r"http\S+#\S+", said)[0]

    def kill(self) -> None:
        """Ends it without a word to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
