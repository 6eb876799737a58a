"""Photographs of papers: told by their structure, and kept without what a camera wrote beside the picture."""

import struct
import zlib

MOST_PIXELS = 100_000_000
"""More than the cameras of telephones make; what claims more would exhaust whoever opens it."""

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_APP0, _APP1, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset(range(0xD0, 0xD8)) | {0x01}
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs")
)


def bare_jpeg(data: bytes) -> bytes | None:
    """The photograph without place, time, device, comments or preview; none if it is no whole JPEG.

    Which way it was held stays, else it would lie on its side. Source: ITU-T T.81, annex B; Exif 2.3, 4.6.
    """
    if not data.startswith(_JPEG):
        return None
    kept, has_frame, place, orientation = [_JPEG], False, 2, 0
    while True:
        found = _segment(data, place)
        if found is None:
            return None
        marker, content, place = found
        if marker == _APP1 and content.startswith(_EXIF):
            orientation = orientation or _orientation(content[len(_EXIF) :])
        elif marker == _SCAN:
            scans = _scans(data, place - len(content) - 4) if has_frame else None
            return None if scans is None else b"".join([*_turned(kept, orientation), *scans])
        elif marker in _FRAMES:
            if has_frame or not _is_sane_frame(content):
                return None
            has_frame = True
        if not _tells_of_more(marker, content):
            kept.append(_written(marker, content))


def bare_png(data: bytes) -> bytes | None:
    """The picture without texts, times and what else stands beside it; none if it is no whole PNG.

    Source: ISO/IEC 15948, 5.3 (chunks and their checks) and 11.2.2 (the first one).
    """
    if not data.startswith(_PNG):
        return None
    kept, place = [_PNG], len(_PNG)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        if len(data) < place + 12:
            return None
        (length,) = struct.unpack_from(">L", data, place)
        chunk = data[place : place + length + 12]
        name = chunk[4:8]
        if len(chunk) != length + 12 or zlib.crc32(chunk[4:-4]) != struct.unpack(">L", chunk[-4:])[0]:
            return None
        if not names and not (name == b"IHDR" and length == 13 and _is_sane_size(*_size(chunk))):
            return None
        if name in _PNG_KEPT:
            kept.append(chunk)
        names.append(name)
        place += length + 12
    return b"".join(kept) if b"IDAT" in names else None


def _segment(data: bytes, place: int) -> tuple[int, bytes, int] | None:
    """The marker at a place, what its segment holds, and where the next one begins."""
    if len(data) < place + 4 or data[place] != 0xFF:
        return None
    while data[place + 1] == 0xFF and len(data) > place + 4:
        place += 1
    marker = data[place + 1]
    (length,) = struct.unpack_from(">H", data, place + 2)
    end = place + 2 + length
    if marker in _ALONE or marker in (0x00, 0xD8, _END) or length < 2 or end > len(data):
        return None
    return marker, data[place + 4 : end], end


def _scans(data: bytes, place: int) -> list[bytes] | None:
    """The lines of the picture and the segments between them, to its end; none if there is no end.

    Of progressive pictures there are several scans. What follows the end is another picture, a film, or
    anything at all, and stays behind.
    """
    kept = []
    while True:
        at = data.find(b"\xff", place)
        while at >= 0 and at + 1 < len(data) and (data[at + 1] == 0 or data[at + 1] in _ALONE):
            at = data.find(b"\xff", at + 2)
        if at < 0 or at + 1 >= len(data):
            return None
        kept.append(data[place:at])
        if data[at + 1] == _END:
            return [*kept, b"\xff\xd9"]
        found = _segment(data, at)
        if found is None:
            return None
        marker, content, place = found
        if not _tells_of_more(marker, content):
            kept.append(_written(marker, content))


def _tells_of_more(marker: int, content: bytes) -> bool:
    """Whether a segment says more than the picture needs: two say how to read its colours, and stay."""
    if marker == _COMMENT:
        return True
    if marker == _APP0:
        return not content.startswith(b"JFIF\0")
    return _APP1 <= marker <= _APP15 and not (marker == _APP14 and content.startswith(b"Adobe"))


def _written(marker: int, content: bytes) -> bytes:
    if marker == _APP0:
        # The sizes of a small preview, and the preview, follow the first twelve bytes.
        content = content[:12] + b"\0\0"
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _turned(kept: list[bytes], orientation: int) -> list[bytes]:
    """The segments, with one more behind the first that says which way the camera was held."""
    if not 1 < orientation <= 8:
        return kept
    entry = struct.pack("<HHLHH", _ORIENTATION, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<LH", 8, 1) + entry + bytes(4)
    return [kept[0], _written(_APP1, _EXIF + tiff), *kept[1:]]


def _orientation(tiff: bytes) -> int:
    """Which way the camera was held, 1 to 8, of the first directory; 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 0
    (start,) = struct.unpack_from(f"{order}L", tiff, 4)
    if start + 2 > len(tiff):
        return 0
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for at in range(start + 2, min(start + 2 + 12 * count, len(tiff) - 11), 12):
        if struct.unpack_from(f"{order}H", tiff, at)[0] == _ORIENTATION:
            return int(struct.unpack_from(f"{order}H", tiff, at + 8)[0])
    return 0


def _is_sane_frame(content: bytes) -> bool:
    if len(content) < 6:
        return False
    height, width = struct.unpack_from(">HH", content, 1)
    return _is_sane_size(width, height)


def _size(chunk: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">LL", chunk, 8)
    return width, height


def _is_sane_size(width: int, height: int) -> bool:
    return 0 < width * height <= MOST_PIXELS
