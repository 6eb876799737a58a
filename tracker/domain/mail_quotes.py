"""Where a mail begins to quote the one it answers, as programs mark it, in the languages they are used in."""

import re

LEFT_OUT = "[What the mail quotes below is left out.]"
# How a quotation names who wrote what it quotes, as Outlook does in each language.
_FROM = frozenset(
    (
        *("from", "von", "de", "da", "van", "fra", "från", "lähettäjä", "od", "feladó", "de la", "от", "від"),
        *("από", "kimden", "发件人", "寄件者", "差出人", "보낸 사람", "מאת", "من"),
    )
)
_BESIDES = frozenset(
    (
        *(
            "sent",
            "date",
            "to",
            "cc",
            "subject",
            "gesendet",
            "datum",
            "an",
            "betreff",
            "envoyé",
            "à",
            "objet",
        ),
        *("enviado", "enviado el", "fecha", "para", "asunto", "enviada em", "enviado em", "data", "assunto"),
        *("inviato", "a", "oggetto", "verzonden", "aan", "onderwerp", "sendt", "dato", "til", "emne"),
        *(
            "skickat",
            "till",
            "ämne",
            "lähetetty",
            "vastaanottaja",
            "aihe",
            "wysłano",
            "wysłane",
            "do",
            "temat",
        ),
        *("odesláno", "komu", "předmět", "odoslané", "predmet", "elküldve", "címzett", "tárgy", "trimis"),
        *("către", "subiect", "отправлено", "дата", "кому", "тема", "надіслано", "дата", "στάλθηκε", "προς"),
        *("θέμα", "gönderildi", "gönderilme", "tarih", "kime", "konu", "发送时间", "收件人", "主题"),
        *("寄件日期", "收件者", "主旨", "送信日時", "宛先", "件名", "보낸 날짜", "받는 사람", "제목"),
        *("נשלח", "אל", "נושא", "تاريخ الإرسال", "إلى", "الموضوع"),
    )
)
_ORIGINAL = frozenset(
    (
        *("original message", "ursprüngliche nachricht", "message d'origine", "mensaje original"),
        *("mensagem original", "messaggio originale", "oorspronkelijk bericht", "oprindelig meddelelse"),
        *("opprinnelig melding", "ursprungligt meddelande", "alkuperäinen viesti", "wiadomość oryginalna"),
        *("původní zpráva", "pôvodná správa", "eredeti üzenet", "mesaj original", "исходное сообщение"),
        *("оригінальне повідомлення", "αρχικό μήνυμα", "orijinal mesaj", "原始邮件", "原始郵件"),
        *("元のメッセージ", "원본 메시지", "הודעה מקורית", "الرسالة الأصلية"),
    )
)
_NEAR = 5  # lines
_RULE = re.compile(r"\s*[-_=—]{5,}\s*")


def without_quote(text: str) -> str:
    """The text without the quotation that ends it, and the line that leads to it.

    Lines at the end that begin with > are one; so is everything below a heading of a quotation, which says
    that it is left out, unless nothing stands above.
    """
    return _without_marked(_without_headed(text))


def _without_marked(text: str) -> str:
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    if end == len(lines) or not any(line.startswith(">") for line in lines[end:]):
        return text
    # “On Monday Rita wrote:”, in whatever language.
    if end and lines[end - 1].rstrip().endswith((":", "：")):
        end -= 1
    return "\n".join(lines[:end])


def _without_headed(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not (_is_original(line) or (_label(line) in _FROM and _is_heading(lines, number))):
            continue
        end = number
        while end and (not lines[end - 1].strip() or _RULE.fullmatch(lines[end - 1])):
            end -= 1
        if any(one.strip() for one in lines[:end]):
            return "\n".join([*lines[:end], "", LEFT_OUT])
        return text
    return text


def _is_heading(lines: list[str], number: int) -> bool:
    """Whether a line that says From heads a quotation: two more headers follow it, and nobody forwards it."""
    near = (line for line in lines[number + 1 : number + 1 + 2 * _NEAR] if line.strip())
    follow = [line for line, _ in zip(near, range(_NEAR), strict=False)]
    before = next((line for line in reversed(lines[max(number - _NEAR, 0) : number]) if line.strip()), "")
    return sum(_label(line) in _BESIDES for line in follow) > 1 and not _says_between_dashes(before)


def _is_original(line: str) -> bool:
    return _says_between_dashes(line).casefold().replace("’", "'") in _ORIGINAL


def _says_between_dashes(line: str) -> str:
    bare = line.strip()
    return bare.strip("-").strip() if bare.startswith("--") and bare.endswith("--") else ""


def _label(line: str) -> str:
    """What stands before the colon of a header, however it was set off."""
    head, colon, _ = line[:80].replace("：", ":").partition(":")
    return head.strip(" \t\u00a0*_>").casefold() if colon else ""
