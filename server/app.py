"""The application: its parts, put together."""

import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from . import api, socket
from .bus import Bus
from .house import House
from .problem import say_problems
from .settings import Settings
from .web import Guard, client_folder, serve_client

SWITCH = 0.0005
"""Seconds for which the thread that commits may be kept waiting by others; Python's own is 5 ms."""

Welcome = Callable[[House], Awaitable[None]]


def create_app(
    settings: Settings | None = None, *, bus: Bus | None = None, welcome: Welcome | None = None
) -> FastAPI:
    """The server as an ASGI application; `welcome` is told as soon as its house is open."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with House.open(settings, bus) as house:
                app.state.house = house
                gc.freeze()  # what has been loaded stays: no use in looking through it again
                sys.setswitchinterval(SWITCH)
                if welcome is not None:
                    await welcome(house)
                yield
        except Exception as error:
            app.state.fault = error  # uvicorn would only print it
            raise
        finally:
            gc.unfreeze()

    app = FastAPI(
        title=api.TITLE,
        version=api.VERSION,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.guesses, app.state.fault = api.Guesses(), None
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Guard)
    app.include_router(api.router)
    app.include_router(socket.router)
    say_problems(app)
    serve_client(app, settings.client or client_folder())
    return app


UVICORN: Mapping[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": socket.FRAME_LIMIT,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_per_message_deflate": False,  # costs more than it saves on a LAN
    "server_header": False,
}
"""How uvicorn must run the application: its limits are part of the protocol."""
