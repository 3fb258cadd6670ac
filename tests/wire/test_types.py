"""The browser's types are those of the server."""

import re
from typing import get_args

from rules.commands import SeatCommand
from rules.seen import View
from server.types import PROTOCOL, typescript


def test_the_written_types_are_up_to_date() -> None:
    assert PROTOCOL.read_text(encoding="utf-8") == typescript(), "run `make types`"


def test_every_command_and_section_is_there() -> None:
    text = typescript()
    for command in get_args(SeatCommand):
        assert f"readonly type: '{command.__name__}'" in text
    view = re.search(r"export interface View \{(.*?)\n\}", text, re.DOTALL)
    assert view is not None
    assert re.findall(r"readonly (\w+):", view[1]) == list(View.__struct_fields__)


def test_nothing_that_only_the_server_says_is_there() -> None:
    assert not re.search(r"interface (Tick|OpenGame|State|Entry)\b", typescript())
