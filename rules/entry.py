"""One line of the log exactly as stored, the chain that seals it, and the file it travels in."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

GENESIS = "0" * 64
"""What the first entry of every line is linked to."""

FORMAT = "virtual-alliance-log"
"""What the first line of an exported log says it is."""

VERSION = 1
"""The version of the file that this program writes, and the newest that it reads."""


class Row(msgspec.Struct, frozen=True):
    """One stored entry: the exact JSON bytes of its body, and what the log needs to order them.

    `body` is one JSON object on one line. `personal` is empty or JSON, `{digest: [salt, text]}`,
    and stands outside the hash: the body holds only the digest, so the text can be erased and
    the chain still verifies.
    """

    line: str
    seq: int
    id: str
    seat: str
    body: bytes
    hash: str
    personal: bytes = b""


def link(previous: str, body: bytes) -> str:
    """The hash that ties a body to everything before it."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + body).hexdigest()


def first_break(rows: Iterable[Row], head: str | None = None) -> int | None:
    """The `seq` of the first entry that was changed, moved or lost; none if the chain holds.

    `head` is the last hash as the players saw it or as a file's closing line names it; without it
    a rewritten last entry looks whole.
    """
    previous, count = GENESIS, 0
    for count, row in enumerate(rows, start=1):
        previous = link(previous, row.body)
        if row.seq != count or row.hash != previous or not _tells_the_truth(row):
            return count
    return max(count, 1) if head is not None and head != previous else None


class _Claims(msgspec.Struct, frozen=True):
    seq: int | msgspec.UnsetType = msgspec.UNSET
    id: str | msgspec.UnsetType = msgspec.UNSET
    seat: str | msgspec.UnsetType = msgspec.UNSET


_claims = msgspec.json.Decoder(_Claims).decode


def _tells_the_truth(row: Row) -> bool:
    """Whether what stands outside the hash says the same as the body inside it."""
    try:
        claims, texts = _claims(row.body), personal_texts(row.personal)
    except ValueError:
        return False
    return (
        claims.seq in (row.seq, msgspec.UNSET)
        and claims.id in (row.id, msgspec.UNSET)
        and claims.seat in (row.seat, msgspec.UNSET)
        and all(
            conceal(text, salt) == digest and digest.encode() in row.body
            for digest, (salt, text) in texts.items()
        )
    )


def conceal(text: str, salt: str) -> str:
    """The digest that stands for a personal text in a body; the salt is random and kept apart."""
    return "sha256:" + hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


_texts = msgspec.json.Decoder(dict[str, tuple[str, str]]).decode


def personal_texts(personal: bytes) -> dict[str, tuple[str, str]]:
    """The texts of a row that have not been erased: digest to (salt, text)."""
    return _texts(personal) if personal else {}


def personal_bytes(texts: Mapping[str, tuple[str, str]]) -> bytes:
    """The texts as a row stores them; nothing at all when there are none."""
    return msgspec.json.encode(texts) if texts else b""


def without(personal: bytes, digest: str) -> bytes:
    """The personal texts of a row with one of them erased."""
    return personal_bytes({k: v for k, v in personal_texts(personal).items() if k != digest})


class Header(msgspec.Struct, frozen=True):
    """What a file says about the log in it; `head`, the last hash, is known once it is read."""

    title: str
    line: str
    head: str = ""


class LogFileError(Exception):
    """Why a file is no whole log of ours, in a sentence, and the line at which that showed."""

    def __init__(self, message: str, line_number: int) -> None:
        super().__init__(message)
        self.message = message
        self.line_number = line_number


class _Format(msgspec.Struct, frozen=True):
    format: str
    version: int


class _First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    title: str
    line: str


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seq: int
    id: str
    seat: str
    hash: str
    personal: msgspec.Raw
    entry: msgspec.Raw


class _Last(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: int
    head: str


def write(header: Header, rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of a file: the header, every row, and a closing line that a cut would lose."""
    encode = msgspec.json.Encoder().encode
    yield encode(_First(FORMAT, VERSION, header.title, header.line)) + b"\n"
    count, head = 0, GENESIS
    for row in rows:
        personal, entry = msgspec.Raw(row.personal or b"{}"), msgspec.Raw(row.body)
        yield encode(_Line(row.seq, row.id, row.seat, row.hash, personal, entry)) + b"\n"
        count, head = count + 1, row.hash
    yield encode(_Last(count, head)) + b"\n"


def read(lines: Iterable[bytes]) -> tuple[Header, list[Row]]:
    """The log in a file, whole and in order; whether it is *true* is for `first_break` to say."""
    numbered = enumerate(lines, start=1)
    first = _first(next(numbered, (1, b""))[1])
    rows: list[Row] = []
    number = 1
    for number, text in numbered:
        match _parsed(text, number):
            case _Line() as line:
                rows.append(_row(line, first.line, len(rows) + 1, number))
            case _Last() as last:
                _nothing_more(numbered)
                if last.entries != len(rows):
                    raise LogFileError(
                        f"The closing line speaks of {last.entries} entries and the file holds "
                        f"{len(rows)}: some were cut out. {_AGAIN}",
                        number,
                    )
                return Header(first.title, first.line, last.head), rows
            case fault:
                cut = next(numbered, None) is None and not text.endswith(b"}\n")
                raise LogFileError(_CUT if cut else fault, number)
    raise LogFileError(_CUT, number)


_AGAIN = "Export the log again from the server that holds the game."
_FOREIGN = "This is no log of Virtual Alliance. Choose a file made by `alliance export`."
_CUT = f"The file breaks off before its closing line: a part is missing. {_AGAIN}"


def _first(text: bytes) -> _First:
    try:
        said = msgspec.json.decode(text, type=_Format)
    except ValueError as error:
        raise LogFileError(_FOREIGN, 1) from error
    if said.format != FORMAT or said.version < 1:
        raise LogFileError(_FOREIGN, 1)
    if said.version > VERSION:
        raise LogFileError(
            f"This log was written by a newer Virtual Alliance (file version {said.version}; "
            f"this one reads up to {VERSION}). Update this program and try again.",
            1,
        )
    try:
        return msgspec.json.decode(text, type=_First)
    except ValueError as error:
        raise LogFileError(f"Line 1 is no header of a log: {error}. {_AGAIN}", 1) from error


def _parsed(text: bytes, number: int) -> _Line | _Last | str:
    """What a line after the first holds, or what is wrong with it."""
    try:
        return _last(text) if text.startswith(b'{"entries":') else _line(text)
    except msgspec.ValidationError as error:
        return f"Line {number} is no entry of a log: {error}. {_AGAIN}"
    except ValueError as error:
        return f"Line {number} is not JSON: {error}. {_AGAIN}"


_line = msgspec.json.Decoder(_Line).decode
_last = msgspec.json.Decoder(_Last).decode


def _row(line: _Line, name: str, expected: int, number: int) -> Row:
    if line.seq != expected:
        raise LogFileError(
            f"Line {number} holds entry {line.seq} where entry {expected} belongs: entries are "
            f"missing, doubled or out of order. {_AGAIN}",
            number,
        )
    personal = bytes(line.personal)
    try:
        texts = personal_texts(personal)
    except ValueError as error:
        raise LogFileError(
            f"Line {number} has personal texts of a wrong form: {error}. {_AGAIN}", number
        ) from error
    kept = personal if texts else b""
    return Row(name, line.seq, line.id, line.seat, bytes(line.entry), line.hash, kept)


def _nothing_more(numbered: Iterator[tuple[int, bytes]]) -> None:
    for number, text in numbered:
        if text.strip():
            raise LogFileError(
                f"Line {number} comes after the closing line: something was added. {_AGAIN}", number
            )
