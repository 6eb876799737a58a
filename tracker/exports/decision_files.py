"""The decision file as a zip that proves itself: the same parts make the same bytes, each with its hash.

Beside the parts lie a manifest of hashes, a program of Python's own library that checks it and every chain of
moves, and a text that says how to do the same by hand.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MANIFEST = "manifest.json"
VERIFIER = "decision_verifier.py"
# A zip dates its parts; a date of today would make another file of the same records.
_DATED = (1980, 1, 1, 0, 0, 0)

README = """The decision file of one job
============================

What is in it
  job.json            the job: what was asked, its team, its questions, its plan of interviews, its status
  rubrics/            each version of the rubric: competencies, anchors with their source, questions
  applications/       one file for each application: every move with its hash and reason, reviews, calls,
                      sessions with panels, scorecards with ratings and evidence, debriefs, references,
                      background check, offers, onboarding, and who did or read what
  people.json         the names behind the numbers of people of the organisation
  manifest.json       the SHA-256 of every file above, and one over all of them
  verify.py           checks all of it

How to check it
  Unpack the file and run:  python3 verify.py
  It needs nothing but Python. It says what does not hold, or that everything does.

How to check it by hand
  1. The SHA-256 of each file is the one that manifest.json names.
  2. The root in manifest.json is the SHA-256 of the lines "name hash", in order of name, each ended by a
     line feed.
  3. Each move's hash is the SHA-256 of its content as JSON with sorted keys, no spaces and UTF-8 as it is:
     application, version, kind, from_stage, to_stage, from_outcome, to_outcome, reason, actor, at and
     recorded_at as whole microseconds since 1970 in UTC, imported, overridden as a list, text (the
     commitment), previous (the hash of the move before it; 64 zeros before the first).
  4. The commitment to a move's words is the SHA-256 of the JSON list [salt, reason, note, override reason],
     with ", " between the parts. Words that were erased with their person cannot be checked any more.

The root is worth keeping elsewhere: whoever has it can prove later that nothing was changed.
"""


def write_decision_file(parts: Iterable[tuple[str, Any]], out: IO[bytes]) -> str:
    """Write the parts and what proves them as a zip, one part at a time; answers the root hash."""
    hashes: dict[str, str] = {}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:

        def add(name: str, data: bytes) -> None:
            entry = ZipInfo(name, _DATED)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
            hashes[name] = hashlib.sha256(data).hexdigest()

        for name, value in parts:
            add(name, _json(value))
        add("README.txt", README.encode())
        add("verify.py", files("tracker.exports").joinpath(VERIFIER).read_bytes())
        lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
        root = hashlib.sha256(lines.encode()).hexdigest()
        add(MANIFEST, _json({"files": dict(hashes), "root": root}))
    return root


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
