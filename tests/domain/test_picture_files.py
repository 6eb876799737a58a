"""Photographs of papers are told by their structure and kept without what a camera wrote beside them."""

import struct

import pytest

from tests.pictures_taken import FRAME, SCAN, SECRET, exif, jpeg, png, segment
from tracker.domain.picture_files import bare_jpeg, bare_png

PNG_MARK = b"\x89PNG\r\n\x1a\n"


def test_of_a_photograph_only_the_picture_and_how_it_was_held_stay():
    bare = bare_jpeg(jpeg(orientation=6))
    assert bare is not None
    assert SECRET not in bare
    assert b"Photoshop" not in bare
    assert bare.startswith(b"\xff\xd8\xff\xe1")
    assert struct.pack("<HHLHH", 0x0112, 3, 1, 6, 0) in bare
    assert b"\xaa\xbb\xcc" not in bare
    assert all(kept in bare for kept in (b"JFIF", b"Adobe", FRAME, SCAN))
    assert bare.endswith(b"\xff\xd9")
    assert bare_jpeg(bare) == bare


@pytest.mark.parametrize(("order", "orientation"), [("<", 8), (">", 3)])
def test_how_it_was_held_is_read_in_both_orders(order, orientation):
    bare = bare_jpeg(jpeg(order=order, orientation=orientation))
    assert struct.pack("<HHLHH", 0x0112, 3, 1, orientation, 0) in (bare or b"")


@pytest.mark.parametrize("orientation", [0, 1, 9])
def test_where_it_was_held_upright_nothing_is_written(orientation):
    assert b"Exif" not in (bare_jpeg(jpeg(orientation=orientation)) or b"Exif")


@pytest.mark.parametrize(
    "said", [b"Exif\0\0", b"Exif\0\0XX*\0\x08\0\0\0\0\0", exif()[:14], b"Exif\0\0II*\0\xff\xff\xff\x7f\0\0"]
)
def test_metadata_that_make_no_sense_are_left_behind(said):
    bare = bare_jpeg(b"\xff\xd8" + segment(0xE1, said) + FRAME + SCAN + b"\xff\xd9")
    assert bare == b"\xff\xd8" + FRAME + SCAN + b"\xff\xd9"


def test_pictures_of_several_scans_and_filled_markers_are_whole():
    between = segment(0xC4, bytes(9)) + segment(0xFE, SECRET)
    bare = bare_jpeg(b"\xff\xd8\xff" + FRAME + SCAN + between + SCAN + b"\xff\xd9")
    assert bare == b"\xff\xd8" + FRAME + SCAN + segment(0xC4, bytes(9)) + SCAN + b"\xff\xd9"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8<script>alert(1)</script>",
        b"\xff\xd8" + segment(0xE1, b"<script>"),
        jpeg(end=b""),
        jpeg(scan=SCAN + b"\xff", end=b"")[: -len(SECRET)],
        jpeg(scan=SCAN + b"\xff\xe1\xff\xff", end=b""),
        jpeg(frame=b""),
        jpeg(frame=FRAME + FRAME),
        jpeg(frame=segment(0xC0, b"\x08")),
        jpeg(frame=segment(0xC0, struct.pack(">BHHB", 8, 0, 8, 1))),
        jpeg(frame=segment(0xC0, struct.pack(">BHHB", 8, 60_000, 60_000, 1))),
        b"\xff\xd8\xff\xc0\x00\x01",
        b"\xff\xd8\xff\xc0\xff\xff\x00",
    ],
)
def test_what_is_no_whole_photograph_is_none(data):
    assert bare_jpeg(data) is None


def test_of_a_picture_only_the_picture_stays():
    bare = bare_png(png())
    assert bare is not None
    assert SECRET not in bare
    assert b"IDAT" in bare
    assert bare.endswith(b"IEND\xaeB`\x82")
    assert bare_png(bare) == bare


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PNG_MARK,
        png()[:60],
        png()[:-40],
        png(width=0),
        png(width=50_000, height=50_000),
        png().replace(b"IHDR", b"IHDX"),
        png().replace(SECRET[:4], b"XXXX", 1),
        PNG_MARK + png()[8 + 25 :],
        png().replace(b"IDAT", b"IDAX"),
        b"GIF" + png(),
    ],
)
def test_what_is_no_whole_picture_is_none(data):
    assert bare_png(data) is None
