"""Checks a decision file: the hash of each part, the root over all, and every chain of moves.

Lies in each decision file as verify.py, so it needs nothing but Python itself: `python3 verify.py`.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - runs on an older Python, too
_SAME = (
    *("version", "kind", "from_stage", "to_stage", "from_outcome", "to_outcome"),
    *("reason", "actor", "imported"),
)


def faults(folder: Path) -> Iterator[str]:
    """What does not hold in an unpacked decision file, a sentence each."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(there - set(manifest["files"]) - {"manifest.json"}):
        yield f"{name}: is not in the manifest"
    for name, wanted in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: is missing"
        elif _sha256(path.read_bytes()) != wanted:
            yield f"{name}: was changed"
        elif name.startswith("applications/"):
            yield from _faults_of_chain(name, json.loads(path.read_text("utf-8")))
    lines = "".join(f"{name} {manifest['files'][name]}\n" for name in sorted(manifest["files"]))
    if _sha256(lines.encode()) != manifest["root"]:
        yield "manifest.json: the root does not fit its files"


def _faults_of_chain(name: str, application: dict[str, Any]) -> Iterator[str]:
    words = {note["version"]: note for note in application.get("move_notes", [])}
    previous = "0" * 64
    for number, move in enumerate(application.get("moves", []), start=1):
        where = f"{name}, move {number}"
        if move["version"] != number or move["previous_hash"] != previous:
            yield f"{where}: does not follow the move before it"
        if move["hash"] != _move_hash(move):
            yield f"{where}: content and hash differ"
        note = words.get(number)
        if note and note["salt"]:
            said = [note["salt"], note["reason"] or "", note["note"] or "", note["override_reason"] or ""]
            if _sha256(json.dumps(said, ensure_ascii=False).encode()) != move["text_commitment"]:
                yield f"{where}: its words are not those it was made with"
        previous = move["hash"]


def _move_hash(move: dict[str, Any]) -> str:
    content = {name: move[name] for name in _SAME}
    content["application"] = move["application_id"]
    content["at"] = _microseconds(move["at"])
    content["recorded_at"] = _microseconds(move["recorded_at"])
    content["overridden"] = [name for name in move["overridden"].split(",") if name]
    content["text"] = move["text_commitment"]
    content["previous"] = move["previous_hash"]
    return _sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


def _microseconds(text: str) -> int:
    return (datetime.fromisoformat(text) - _EPOCH) // timedelta(microseconds=1)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    found = list(faults(Path(__file__).resolve().parent))
    sys.stdout.write("\n".join(found or ["Everything holds."]) + "\n")
    sys.exit(bool(found))
