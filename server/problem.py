"""How every road of the server says no: RFC 9457, with a code and what to do instead."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from rules.entry import LogFileError
from rules.record import NewerVersion
from rules.refused import Refused

from .auth import Denied, Revoked
from .bodies import Problem
from .games import MovedOn, NoGame, NoLine
from .house import BadLog, NoLink
from .library import NoScenario
from .session import NotServing
from .store import StoreUnavailable


class Trouble(Exception):
    """A request that cannot be answered as asked."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        instead: str,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.instead = status, code, detail, instead
        self.headers = headers


def problem(trouble: Trouble) -> JSONResponse:
    """The answer that says what is wrong."""
    body = Problem(
        type=f"urn:virtual-alliance:problem:{trouble.code}",
        title=HTTPStatus(trouble.status).phrase,
        status=trouble.status,
        code=trouble.code,
        detail=trouble.detail,
        instead=trouble.instead,
    )
    return JSONResponse(
        body.model_dump(),
        trouble.status,
        headers=trouble.headers,
        media_type="application/problem+json",
    )


def say_problems(app: FastAPI) -> None:
    """From now on every error leaves the application in this one form."""

    async def answer(_: Request, error: Exception) -> JSONResponse:
        return problem(trouble_of(error))

    for kind in (
        Trouble,
        RequestValidationError,
        HTTPException,
        Denied,
        NoGame,
        NoLine,
        MovedOn,
        NoLink,
        NoScenario,
        Refused,
        LogFileError,
        BadLog,
        StoreUnavailable,
        NotServing,
        NewerVersion,
        Exception,
    ):
        app.add_exception_handler(kind, answer)


def trouble_of(error: Exception) -> Trouble:
    """What an error is to whoever asked."""
    match error:
        case Trouble():
            return error
        case RequestValidationError():
            return Trouble(422, "malformed", _places(error), "Correct it and send it again.")
        case HTTPException():
            return _plain(error)
        case Revoked():
            return Trouble(403, error.code, error.say, error.instead)
        case Denied():
            headers = {"WWW-Authenticate": "Bearer"}
            return Trouble(401, error.code, error.say, error.instead, headers=headers)
        case NoGame():
            return Trouble(404, "no_game", str(error), "Choose one from the list of games.")
        case NoLine():
            return Trouble(404, "no_line", str(error), "Choose one from the game's lines.")
        case MovedOn():
            return Trouble(409, "moved_on", str(error), "See where it is now, and choose again.")
        case NoLink():
            return Trouble(404, "no_link", str(error), "Choose one from the game's links.")
        case NoScenario():
            return Trouble(404, "no_scenario", str(error), "Choose one from the list of scenarios.")
        case Refused():
            return Trouble(409, error.code, error.say, error.instead)
        case LogFileError() | BadLog():
            return Trouble(422, "bad_log", str(error), "Choose another file.")
        case StoreUnavailable():
            return Trouble(503, "store_unavailable", str(error), "Nothing was done. Try again.")
        case NotServing():
            return Trouble(503, "not_serving", str(error), "Try again in a moment.")
        case NewerVersion():
            return Trouble(503, "newer_version", str(error), "Update this server.")
        case _:
            say = "Something is wrong with the server; its own log says what."
            return Trouble(500, "fault", say, "Try again; if it stays so, tell the operator.")


def _places(error: RequestValidationError) -> str:
    """What is wrong and where, without quoting what was sent: it may be a secret."""
    return "; ".join(
        f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:5]
    )


def _plain(error: HTTPException) -> Trouble:
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_")
    return Trouble(
        error.status_code,
        code,
        str(error.detail),
        "See the description of the interface at /api/openapi.json.",
        headers=error.headers,
    )
