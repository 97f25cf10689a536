"""Power cuts, replayed from what an unmodified process asked of the disk.

``strace`` records every write and sync of a process. What a disk may hold after a cut
is then built for each moment, in three ways:

* ``ordered``: everything written so far, as a crash of the program alone leaves it;
* ``synced``: only what a sync had made durable: the least that a disk may keep;
* ``torn``: that, and of each 512-byte sector written since by chance.

The log's index (``-shm``) is shared memory: no cut leaves it, and it is left out.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
ROOT = Path(__file__).resolve().parents[3]
CALLS = (
    "pwrite64,write,fdatasync,fsync,ftruncate,unlink,unlinkat,rename,renameat2,openat"
)

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r"\d+<((?:\\x[0-9a-f]{2})*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One successful system call, as far as a disk is concerned."""

    name: str
    path: str
    data: bytes = b""
    offset: int = 0
    target: str = ""


@dataclass
class Disk:
    """What files hold: as the program sees them, and what a sync has made durable."""

    seen: dict[str, bytearray] = field(default_factory=dict)
    durable: dict[str, bytes] = field(default_factory=dict)
    acknowledged: int = 0

    def apply(self, call: Call) -> None:
        match call.name:
            case "write" if call.path.startswith("pipe:"):
                self.acknowledged = int(call.data)
            case "write" | "pwrite64":
                self._write(call)
            case "fdatasync" | "fsync" if call.path in self.seen:
                self.durable[call.path] = bytes(self.seen[call.path])
            case "ftruncate":
                self.seen[call.path] = self.seen[call.path][: call.offset]
            case "unlink" | "unlinkat":
                self.seen.pop(call.path, None)
                self.durable.pop(call.path, None)
            case "rename":
                self.seen[call.target] = self.seen.pop(call.path)
                self.durable[call.target] = self.durable.pop(call.path)
            case "openat":
                self.seen.setdefault(call.path, bytearray())

    def _write(self, call: Call) -> None:
        content = self.seen.setdefault(call.path, bytearray())
        end = call.offset + len(call.data)
        content.extend(bytes(max(0, end - len(content))))
        content[call.offset : end] = call.data

    def ordered(self) -> dict[str, bytes]:
        return {path: bytes(content) for path, content in self.seen.items()}

    def synced(self) -> dict[str, bytes]:
        return dict(self.durable)

    def torn(self, chance: random.Random) -> dict[str, bytes]:
        return {
            path: _mixed(self.durable.get(path, b""), bytes(content), chance)
            for path, content in self.seen.items()
        }


def _mixed(old: bytes, new: bytes, chance: random.Random) -> bytes:
    made = bytearray()
    for at in range(0, max(len(old), len(new)), SECTOR):
        one, other = old[at : at + SECTOR], new[at : at + SECTOR]
        made += one if len(other) < len(one) or chance.random() < 0.5 else other
        if len(made) < at + SECTOR and at + SECTOR < max(len(old), len(new)):
            made += bytes(at + SECTOR - len(made))
    return bytes(made)


def record(data: Path, count: int, mutant: str = "", *more: str) -> list[Call]:
    """Run the writer under strace; return what it asked of the disk, in order."""
    log = data.with_suffix(".strace")
    command = [
        *(shutil.which("strace") or "strace", "-f", "-y", "-xx", "-s", "1000000"),
        *("-e", f"trace={CALLS}", "-o", str(log), *more),
        *(sys.executable, "-m", "tests.controller.journal.writer"),
        *(str(data), str(count), mutant),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=plain(), capture_output=True, check=True
    )
    assert len(done.stdout.split()) == count
    return list(_calls(log.read_text(), str(data)))


def plain() -> dict[str, str]:
    """An environment in which no tool measures the child."""
    return {k: v for k, v in os.environ.items() if not k.startswith("COV")}


def _calls(log: str, root: str) -> Iterator[Call]:
    for line in log.splitlines():
        found = _CALL.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call = _call(found[1], found[2])
        is_ours = call.path.startswith((root, "pipe:"))
        if is_ours and not call.path.endswith("-shm") and call.path != root:
            yield call


def _call(name: str, arguments: str) -> Call:
    path = _PATH.search(arguments)
    texts = [_bytes(text) for text in _TEXT.findall(arguments)]
    where = _bytes(path[1]).decode() if path else ""
    last = arguments.rpartition(", ")[2]
    made = Call(name, where)
    match name:
        case "pwrite64":
            made = Call(name, where, texts[0], int(last))
        case "write":
            made = Call(name, where, texts[0])
        case "ftruncate":
            made = Call(name, where, offset=int(last))
        case "unlink" | "unlinkat":
            made = Call(name, texts[-1].decode())
        case "rename" | "renameat2":
            made = Call("rename", texts[0].decode(), target=texts[-1].decode())
        case "openat":
            is_new = "O_CREAT" in arguments
            made = Call(name, texts[0].decode() if is_new else "")
    return made


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def lay_out(files: dict[str, bytes], recorded: Path, target: Path) -> Path:
    """Write ``files`` of the directory ``recorded`` to ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    for path, content in files.items():
        place = target / Path(path).relative_to(recorded)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    target.mkdir(exist_ok=True)
    return target
