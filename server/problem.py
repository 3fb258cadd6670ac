"""How every road of the server says no: RFC 9457, with a code and what to do instead."""

from http import HTTPStatus

from fastapi.responses import JSONResponse

from .bodies import Problem


def problem(
    status: int, code: str, detail: str, instead: str, *, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An answer that says what is wrong."""
    body = Problem(
        type=f"urn:virtual-alliance:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        instead=instead,
    )
    return JSONResponse(
        body.model_dump(), status, headers=headers, media_type="application/problem+json"
    )
