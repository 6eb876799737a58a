"""The text of a mail as it is kept: without what it quotes, and without any token of ours."""

import time

import pytest

from tracker.domain.incoming_mails import CUT, LONGEST_TEXT, kept_text
from tracker.domain.mail_quotes import LEFT_OUT, without_quote
from tracker.domain.mail_reading import MOST_LETTERS

PATTERN = "reply+{token}@example.org"
TOKEN = "0123456789abcdef" * 2
OUTLOOK = "From: Hiring <h@x.example>\nSent: Monday\nTo: Amina\nSubject: Interview\n\nCANARY"
GERMAN = "*Von:* Hiring\n*Gesendet:* Montag\n*An:* Amina\n*Betreff:* Gespräch\n\nCANARY"
FRENCH = "De : Hiring\nEnvoyé\u00a0: lundi\nÀ : Amina\nObjet : Entretien\n\nCANARY"
RULE = "_" * 32
SECRET = "Ab3_-SECRETx_y-z0123456789abcdef"
SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ft.example.org"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Yes.\n\nOn Monday Rita wrote:\n> Come?\n> Rita\n", "Yes.\n"),
        ("Ja.\n\nAm Montag schrieb Rita:\n\n> Kommst du?\n", "Ja.\n"),
        ("> Come?\nYes.", "> Come?\nYes."),
        ("Two things:\nfirst", "Two things:\nfirst"),
        ("> only a quote", ""),
        ("", ""),
    ],
)
def test_the_quotation_at_the_end_is_left_out(text, kept):
    assert without_quote(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Yes.\n\n{OUTLOOK}", f"Yes.\n\n{LEFT_OUT}"),
        (f"Yes.\n\n{RULE}\n{OUTLOOK}", f"Yes.\n\n{LEFT_OUT}"),
        (f"Ja.\n{GERMAN}", f"Ja.\n\n{LEFT_OUT}"),
        (f"Oui.\n\n{FRENCH}", f"Oui.\n\n{LEFT_OUT}"),
        ("Yes.\n\n-----Original Message-----\nFrom: x\n\nCANARY", f"Yes.\n\n{LEFT_OUT}"),
        ("Oui.\n\n----- Message d’origine -----\nCANARY", f"Oui.\n\n{LEFT_OUT}"),
        ("Tak.\n\nOd: x\nWysłano: y\nDo: z\nTemat: w\nCANARY", f"Tak.\n\n{LEFT_OUT}"),
        ("好。\n\n发件人：x\n发送时间：y\n收件人：z\n主题：w\nCANARY", f"好。\n\n{LEFT_OUT}"),
    ],
)
def test_a_quotation_without_marks_is_left_out_and_said_so(text, kept):
    assert without_quote(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        f"{OUTLOOK}\n\nMy answer stands below.",
        f"What my school writes:\n\n---------- Forwarded message ---------\n{OUTLOOK}",
        "My days:\nFrom: Monday\nUntil: Friday\nTo: be discussed",
        "Donaudampfschifffahrtsgesellschaft after /my/link",
        "From: Monday\n\nand so on\n\n--- Part two ---\n\nmore",
    ],
)
def test_what_only_looks_like_a_quotation_is_kept(text):
    assert without_quote(text) == text


@pytest.mark.parametrize(
    "link",
    [
        f"{SAFE}%2Fmy%2Flink%2F{SECRET}&data=05%7C01",
        f"{SAFE}%2freference%2flink%2f{SECRET}%3Fa",
        f"{SAFE}%252Fmail%252Fstop%252F{SECRET}",
        f"https://urldefense.proofpoint.com/v2/url?u=https-3A__t.example.org_my_link_{SECRET}&d=x",
        f"https://x.example/https-3A-2F-2Ft.example.org-2Fmy-2Flink-2F{SECRET}",
        f"HTTPS://T.EXAMPLE.ORG/MY/LINK/{SECRET}",
        f"https://t.example.org/my/link/\n> {SECRET}",
        f"https://t.example.org/my/link/{SECRET[:9]}=\n{SECRET[9:]}",
        f"&lt;https:&#x2F;&#x2F;t.example.org&#x2F;my&#x2F;link&#x2F;{SECRET}&gt;",
    ],
)
def test_no_token_is_kept_however_the_link_was_rewritten(link):
    kept = kept_text(f"See {link} there", PATTERN)
    assert "SECRET" not in kept
    assert "abcdef" not in kept
    assert kept.startswith("See ")


@pytest.mark.parametrize(
    "address",
    [
        f"mailto:reply%2B{TOKEN}%40example.org",
        f"reply%252b{TOKEN.upper()}%2540example.org",
        f"reply-2B{TOKEN}-40example.org",
        f"reply+{TOKEN} at example.org",
        f"reply+\n{TOKEN}@example.org",
    ],
)
@pytest.mark.parametrize("pattern", [PATTERN, "{token}@example.org"])
def test_no_address_to_answer_to_is_kept_however_it_is_encoded(address, pattern):
    if pattern != PATTERN:
        address = address.replace(" at ", "@")
    kept = kept_text(f"See {address} there", pattern)
    assert TOKEN not in kept.lower()
    assert kept.startswith("See ")
    assert kept.endswith(" there")


def test_no_text_takes_long_to_keep():
    for unit in (
        "/my/link/",
        "/my/link/ ",
        "From: a\n",
        "--\n",
        "-",
        "%25",
        "reply%25",
        "a" * 40 + " ",
        "\n",
        ">",
    ):
        begun = time.monotonic()
        kept_text(unit * (MOST_LETTERS // len(unit)), PATTERN)
        assert time.monotonic() - begun < 10, unit


def test_no_token_of_ours_is_kept():
    text = (
        f"See https://tracker.example.org/my/link/SECRET-1 and /reference/link/SECRET_2, "
        f"/mail/stop/SECRET3; To: Reply+{TOKEN.upper()}@example.org"
    )
    kept = kept_text(text, PATTERN)
    assert "SECRET" not in kept
    assert TOKEN not in kept.lower()
    assert "/my/link/…" in kept


def test_long_texts_are_cut_and_say_so():
    kept = kept_text("x" * (LONGEST_TEXT + 1), PATTERN)
    assert kept.endswith(CUT)
    assert len(kept) == LONGEST_TEXT + len(CUT)
