"""Puts the built web client and the scenarios inside the wheel."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# hatchling loads this file by itself, without its neighbours
sys.path.insert(0, str(Path(__file__).resolve().parent))
from tools import client


class ClientHook(BuildHookInterface[Any]):
    """Acts on a wheel; an editable install reads client/dist and scenarios/ where they are."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from the package index, only where the client needs building and there is none."""
        if client.built() or client.npm_on_machine() is not None:
            return []
        project = tomllib.loads(Path(self.root, "pyproject.toml").read_text())
        node: list[str] = project["dependency-groups"]["node"]
        return node

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds `server/_client` and `server/_scenarios` to what is packed."""
        if version == "editable":
            return
        client.build()
        build_data["force_include"] |= {
            str(client.DIST): "server/_client",
            str(client.ROOT / "scenarios"): "server/_scenarios",
        }
