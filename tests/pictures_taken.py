"""Photographs as a telephone hands them over, for tests: small ones, with a word where metadata lie."""

import struct
import zlib

SECRET = b"CANARY 51.5007 N 0.1246 W"


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(orientation: int = 6, order: str = "<") -> bytes:
    mark = b"II" if order == "<" else b"MM"
    entries = struct.pack(f"{order}HHLHH", 0x010F, 2, 1, 65, 0)
    entries += struct.pack(f"{order}HHLHH", 0x0112, 3, 1, orientation, 0)
    header = mark + struct.pack(f"{order}HL", 42, 8) + struct.pack(f"{order}H", 2)
    return b"Exif\0\0" + header + entries + bytes(4) + SECRET


FRAME = segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + bytes((1, 0x11, 0)))
SCAN = segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(*, frame: bytes = FRAME, scan: bytes = SCAN, end: bytes = b"\xff\xd9", **turned: object) -> bytes:
    """A photograph with place, maker, a comment, a preview, and another picture after its end."""
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0" + bytes((1, 2, 0, 0, 1, 0, 1, 1, 1)) + b"\xaa\xbb\xcc"),
            segment(0xE1, exif(**turned)),  # type: ignore[arg-type]
            segment(0xED, b"Photoshop " + SECRET),
            segment(0xEE, b"Adobe" + bytes(7)),
            segment(0xFE, SECRET),
            segment(0xDB, bytes(65)),
            frame,
            segment(0xC4, bytes(20)),
            scan,
            end,
            SECRET,
        )
    )


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))


def png(width: int = 1, height: int = 1) -> bytes:
    """A picture with a text beside it."""
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)),
            chunk(b"tEXt", b"Comment\0" + SECRET),
            chunk(b"eXIf", exif()),
            chunk(b"IDAT", zlib.compress(b"\0\0")),
            chunk(b"IEND", b""),
            SECRET,
        )
    )
