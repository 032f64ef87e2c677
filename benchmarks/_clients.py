"""Many users over HTTP, in one process: asyncio on plain sockets, connections kept open.

A click is timed from the first byte sent to the last byte received. Nothing is retried.
"""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 60  # seconds after which a click has failed

Choice = Callable[[random.Random], tuple[str, str]]


@dataclass
class Measured:
    """What came of many clicks: milliseconds by kind of page, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0

    @property
    def pages(self) -> int:
        """How many pages came."""
        return sum(map(len, self.times.values()))


@dataclass
class User:
    """Somebody signed in, who chooses the next page as (kind, address)."""

    cookie: str
    choose: Choice


class Browser:
    """One connection that is opened again when the server has closed it."""

    def __init__(self, *, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def get(self, address: str) -> int:
        """The status of a page whose whole body has arrived."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        self.writer.write(
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            "Accept: text/html\r\n\r\n".encode()
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        await self._body(headers)
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1])

    async def _body(self, headers: dict[str, str]) -> None:
        assert self.reader is not None
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        else:
            await self.reader.readexactly(int(headers.get("content-length", 0)))

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None


async def _click(browser: Browser, kind: str, address: str, into: Measured) -> None:
    began = time.perf_counter()
    try:
        status = await asyncio.wait_for(browser.get(address), TIMEOUT)
    except (OSError, EOFError, ValueError, TimeoutError) as error:
        browser.close()
        into.errors[f"{kind}: {type(error).__name__}"] += 1
        return
    if status == 200:
        into.times[kind].append((time.perf_counter() - began) * 1000)
    else:
        into.errors[f"{kind}: {status}"] += 1


async def _at_ease(user: User, *, port: int, every: float, until: float, into: Measured) -> None:
    """Click every few seconds, whatever the answers take, until the time is over."""
    rng, browser = random.Random(user.cookie), Browser(port=port, cookie=user.cookie)
    due = time.perf_counter() + rng.random() * every
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await _click(browser, *user.choose(rng), into)
        due = max(due + every, time.perf_counter())
    browser.close()


async def _in_haste(user: User, *, port: int, until: float, into: Measured) -> None:
    """Click as soon as the last page is there."""
    rng, browser = random.Random(user.cookie), Browser(port=port, cookie=user.cookie)
    while time.perf_counter() < until:
        await _click(browser, *user.choose(rng), into)
    browser.close()


def at_ease(users: Sequence[User], *, port: int, every: float, seconds: float) -> Measured:
    """All users click at their own pace, beginning at moments spread over one pause."""

    async def run(into: Measured) -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(
            *(_at_ease(u, port=port, every=every, until=until, into=into) for u in users)
        )

    return _measured(run)


def in_haste(users: Sequence[User], *, port: int, seconds: float) -> Measured:
    """Each user's connection is always busy: what the server can do."""

    async def run(into: Measured) -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_in_haste(u, port=port, until=until, into=into) for u in users))

    return _measured(run)


def _measured(run: Callable[[Measured], object]) -> Measured:
    into, began = Measured(), time.perf_counter()
    asyncio.run(run(into))  # type: ignore[arg-type]
    into.seconds = time.perf_counter() - began
    return into
