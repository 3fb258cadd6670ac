"""What an operator may set."""

import time
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


def wall_clock() -> int:
    """This machine's clock, in milliseconds."""
    return time.time_ns() // 1_000_000


class Settings(BaseModel):
    """How one server runs. Everything has a default that suits one machine and one seminar."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path("data"), description="the folder of the embedded database")
    database: str | None = Field(
        None, description="another database: sqlite:///… or postgresql://…"
    )
    host: str = Field("127.0.0.1", description="the address to listen at; 0.0.0.0 for a whole LAN")
    port: int = Field(
        8000, ge=0, le=65_535, description="the port to listen at; 0 for any free one"
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/?#]+(/[^?#]*)?$",
        description="how participants reach the server, for links and QR codes",
    )
    scenarios: Path | None = Field(
        None, description="the folder of scenarios; the shipped by default"
    )
    client: Path | None = Field(None, description="the built web client; the shipped by default")
    rate: float = Field(20.0, gt=0, description="frames a second that one socket may send")
    burst: int = Field(60, ge=1, description="frames that one socket may send at once")
    sockets: int = Field(2_000, ge=1, description="sockets open at the same time")
    heartbeat: float = Field(5.0, gt=0, description="seconds between two signs of life")
    absence: float = Field(30.0, gt=0, description="seconds after which a silent server was away")
    clock: Callable[[], int] = Field(wall_clock, description="wall time in milliseconds")

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.database or f"sqlite:///{self.data / 'alliance.db'}"
