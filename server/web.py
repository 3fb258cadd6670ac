"""The web client's files, and what every answer says about how browsers may treat it."""

from os import PathLike, stat_result
from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problem import Trouble, problem

PAGES = ("", "play", "review", "board", "compare", "rooms")
"""The first parts of the client's own addresses; all are one page."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

BODY_LIMIT = 64 * 1024
IMPORT_LIMIT = 64 * 1024 * 1024


def client_folder() -> Path:
    """The client packed with the server, or the one built in the repository."""
    packed = Path(__file__).parent / "_client"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "client" / "dist"


def serve_client(app: FastAPI, folder: Path) -> None:
    """Answers every address that is not the interface's with the client."""
    folder = folder.resolve()
    app.mount("/assets", _Hashed(directory=folder / "assets", check_dir=False))
    router = APIRouter()

    @router.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(path: str) -> FileResponse:
        """A file of the client, or its one page."""
        wanted = (folder / path).resolve()
        if path and wanted.is_relative_to(folder) and wanted.is_file():
            return FileResponse(wanted, headers={"Cache-Control": "no-cache"})
        if path.partition("/")[0] not in PAGES:
            raise HTTPException(404, "There is no such page.")
        if not (folder / "index.html").is_file():
            raise Trouble(503, "no_client", "The web client is not built.", "Run `make setup`.")
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})

    app.include_router(router)


class _Hashed(StaticFiles):
    """Files whose names change with their content, and so never change under their name."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file, to be kept for good."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class Guard:
    """Adds the headers to every answer, and lets no body in that is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guards one request; sockets have guards of their own."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = IMPORT_LIMIT if scope["path"] == "/api/import" else BODY_LIMIT
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > limit:
            await problem(_too_large(limit))(scope, receive, _guarded(send))
            return
        await self._app(scope, _limited(receive, limit), _guarded(send))


def _too_large(limit: int) -> Trouble:
    say = f"The request is larger than {limit // 1024} KiB."
    return Trouble(413, "too_large", say, "Send less at once.")


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded


def _limited(receive: Receive, limit: int) -> Receive:
    """Stops a body that is longer than it said."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413, _too_large(limit).detail)
        return message

    return limited
