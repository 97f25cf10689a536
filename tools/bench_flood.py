"""A flood of the site: fifty connections that never rest. A process of its own.

``python -m tools.bench_flood HOST:PORT CLASS-PATH COOKIE``: twenty ask for the board,
twenty for a class's page, ten hold a live stream each. It goes on until its standard
input ends, then prints how many answers of each status it got.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from typing import Final

BOARDS: Final = 20
CLASS_PAGES: Final = 20
STREAMS: Final = 10
CONNECTIONS: Final = BOARDS + CLASS_PAGES + STREAMS


class Flood:
    """All connections of the flood.

    Args:
        address: host and port.
        cookie: of a teacher's session.
    """

    def __init__(self, address: str, cookie: str) -> None:
        self._host, _, port = address.partition(":")
        self._port = int(port)
        self._cookie = cookie
        self.answers: Counter[str] = Counter()

    async def run(self, class_path: str) -> None:
        """Hammer until cancelled."""
        async with asyncio.TaskGroup() as group:
            for path, connections in (("/", BOARDS), (class_path, CLASS_PAGES)):
                for _ in range(connections):
                    group.create_task(self._hammer(path))
            for _ in range(STREAMS):
                group.create_task(self._listen())

    async def _hammer(self, path: str) -> None:
        asked = self._request(path)
        while True:
            reader, writer = await asyncio.open_connection(self._host, self._port)
            try:
                while await self._ask(reader, writer, asked):
                    pass
            except (OSError, asyncio.IncompleteReadError):
                self.answers["lost"] += 1
            finally:
                writer.close()

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes
    ) -> bool:
        """Ask once; return whether the connection stays open."""
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        await reader.readexactly(int(fields.get("content-length", 0)))
        self.answers[lines[0].split()[1]] += 1
        return fields.get("connection") != "close"

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(self._request("/stream"))
        while await reader.read(65_536):
            self.answers["stream"] += 1
        writer.close()

    def _request(self, path: str) -> bytes:
        return (
            f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Accept-Encoding: gzip\r\nCookie: {self._cookie}\r\n\r\n"
        ).encode()


async def main(address: str, class_path: str, cookie: str) -> None:
    """Flood until standard input ends."""
    flood = Flood(address, cookie)
    task = asyncio.create_task(flood.run(class_path))
    await asyncio.to_thread(sys.stdin.read)
    task.cancel()
    print(json.dumps(flood.answers))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
