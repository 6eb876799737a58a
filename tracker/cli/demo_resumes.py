"""Résumés of made-up people: as a profile, as plain text and as a plain one-page PDF."""

from typing import Any

from tracker.cli.demo_people import Person


def profile_of(person: Person) -> dict[str, Any]:
    """The person as a JSON Resume."""
    return {
        "basics": {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "location": {"city": person.place},
        },
        "work": [
            {"name": job.employer, "position": job.position, "startDate": job.begun, "endDate": job.ended}
            for job in person.jobs
        ],
        "skills": [{"name": skill} for skill in person.skills],
    }


def resume_text(person: Person) -> str:
    """The words of the file that the person hands in."""
    return "\n".join(_lines(person))


def resume_file(person: Person) -> tuple[str, bytes]:
    """Name and bytes of the file that the person hands in."""
    lines = _lines(person)
    stem = f"Resume {person.name}"
    # The built-in fonts of a PDF know the letters of western Europe only.
    if person.prefers_pdf and all(_is_western(line) for line in lines):
        return f"{stem}.pdf", _pdf(lines)
    return f"{stem}.txt", ("\n".join(lines) + "\n").encode()


def _lines(person: Person) -> list[str]:
    work = [
        line
        for job in person.jobs
        for line in (f"{job.begun} – {job.ended}  {job.position}, {job.employer}", f"    {job.did}")
    ]
    contact = f"{person.place} · {person.phone} · {person.email}"
    return [
        person.name,
        contact,
        "",
        "WORK",
        *work,
        "",
        "SCHOOL",
        person.school,
        "",
        "CAN DO",
        ", ".join(person.skills),
    ]


def _is_western(line: str) -> bool:
    try:
        line.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _pdf(lines: list[str]) -> bytes:
    """One page of text: catalogue, page, font and the lines, with the table of their places at the end."""
    shown = b"\n".join(b"(" + _escaped(line) + b") Tj T*" for line in lines)
    content = b"BT /F1 11 Tf 16 TL 64 760 Td\n" + shown + b"\nET"
    resources = b"/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s >>" % resources,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (size, table, size, len(body))


def _escaped(line: str) -> bytes:
    text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return text.encode("cp1252")
