from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interviewing import RUBRIC
from tests.pdfs import declares_ua, is_tagged, language_of, squeezed, title_of, words_of
from tracker.config import data_folder
from tracker.domain.agendas import agenda
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.rules import RuleBroken
from tracker.exports import pdf
from tracker.exports.documents import kit_document, rubric_paper
from tracker.exports.pdf import NOT_MARKED, Pdf, pdf_of

TEMPLATES = data_folder("templates") / "pdf"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOME = RUBRIC.competencies[:2]
ASKED = {"kind": InterviewKind.IN_PERSON, "is_situational_first": False}
HOSTILE = (
    '#eval("1+1") #read("/etc/passwd") $x^2$ *bold* _low_ `raw` @label <tag> \\ \\u{41} /* no */ // no',
    "<img src=http://example.org/x.png>",
    "= Heading\n- point\n+ number\n/ term: here",
    'https://example.org/#import "@preview/x:0.1.0"',
    "]#panic()[",
    "{{ data }} {% raw %} %PDF-1.7 endstream endobj",
)


def kit(*texts: str, attribution: str = "") -> Pdf:
    facts = [(f"Fact {number}", text) for number, text in enumerate(texts)]
    data = kit_document(
        "Interview kit",
        facts,
        [],
        [],
        **ASKED,
        attribution=attribution,
    )
    return pdf_of(TEMPLATES, "kit.typ", data, made_at=AT)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A private root with one secret beside it."""
    (tmp_path / "secret.txt").write_text("Zanzibar")
    inside = tmp_path / "templates"
    inside.mkdir()
    return inside


def test_document_is_tagged_and_names_its_title_and_language() -> None:
    made = kit("Amina Yusuf")
    assert made.notice == ""
    assert is_tagged(made.content)
    assert declares_ua(made.content)
    assert language_of(made.content) == "en"
    assert title_of(made.content) == "Interview kit"


def test_same_data_give_the_same_bytes_and_other_data_others() -> None:
    assert kit("Amina").content == kit("Amina").content
    assert kit("Amina").content != kit("Aminata").content


def test_kit_holds_agenda_questions_probes_look_fors_and_anchors() -> None:
    items = agenda(45, [(row.key, row.name) for row in SOME])
    data = kit_document(
        "Kit",
        [],
        items,
        SOME,
        **ASKED,
        attribution="By the framework.",
    )
    said = words_of(pdf_of(TEMPLATES, "kit.typ", data, made_at=AT).content)
    for row in SOME:
        anchors = [anchor.statement for anchor in row.anchors.values() if anchor]
        asked = [row.name, row.questions.behavioural, row.questions.situational, *row.questions.probes]
        for text in (*asked, *row.questions.look_fors, *anchors):
            assert squeezed(text) in said
    for item in items:
        assert squeezed(f"{item.starts_after}′{item.title}{item.minutes}") in said
    assert squeezed("By the framework.") in said


def test_a_skills_assessment_shows_the_task_in_place_of_the_questions() -> None:
    row = SOME[0]
    given = replace(row, questions=replace(row.questions, task="Sort these ten orders, and say how."))
    for kind, is_shown in ((InterviewKind.SKILLS_ASSESSMENT, True), (InterviewKind.PANEL, False)):
        data = kit_document("Kit", [], [], [given], kind=kind, is_situational_first=False, attribution="")
        said = words_of(pdf_of(TEMPLATES, "kit.typ", data, made_at=AT).content)
        assert (squeezed("Sort these ten orders") in said) is is_shown
        assert (squeezed(row.questions.behavioural) in said) is not is_shown


def test_situational_question_leads_where_the_rubric_says_so() -> None:
    data = kit_document("Kit", [], [], SOME[:1], **ASKED | {"is_situational_first": True}, attribution="")
    said = words_of(pdf_of(TEMPLATES, "kit.typ", data, made_at=AT).content)
    asked = SOME[0].questions
    assert said.index(squeezed(asked.situational)) < said.index(squeezed(asked.behavioural))


def test_rubric_holds_every_competency_and_anchor() -> None:
    first, *rest = RUBRIC.competencies
    tasked = replace(first, questions=replace(first.questions, task="Sort these ten orders."))
    data = rubric_paper("Rubric", [], replace(RUBRIC, competencies=(tasked, *rest)), attribution="")
    said = words_of(pdf_of(TEMPLATES, "rubric.typ", data, made_at=AT).content)
    assert said.count(squeezed("Sort these ten orders.")) == 1
    for row in RUBRIC.competencies:
        for text in (row.name, *(anchor.statement for anchor in row.anchors.values() if anchor)):
            assert squeezed(text) in said


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_stays_text(text: str) -> None:
    made = kit(text, attribution=text)
    assert words_of(made.content).count(squeezed(text)) == 2
    assert b"/URI" not in made.content


def test_ten_thousand_letters_without_a_space_go_on_over_the_lines_and_pages() -> None:
    data = kit_document("W" * 300, [("Name", "W" * 10_000)], [], [], **ASKED, attribution="")
    said = words_of(pdf_of(TEMPLATES, "kit.typ", data, made_at=AT).content)
    assert said.count("W") >= 10_300
    assert squeezed("1 of 5") in said


def test_text_from_right_to_left_and_pictures_of_faces_are_drawn() -> None:
    said = set(words_of(kit("שלום", "naïve Łukasz").content))
    assert {"ï", "Ł"} <= said
    assert kit("😀 مرحبا \u202e abc").content.startswith(b"%PDF")


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=2000)
def test_any_text_makes_a_document(text: str) -> None:
    made = kit(text)
    assert made.content.startswith(b"%PDF")
    assert made.notice in ("", NOT_MARKED)


# Shorter than the words in which signs of width zero let a line break: read back, these pass for letters.
@given(st.text(st.sampled_from("#$\\[]{}()*_`@<>=-+/~'\"%!&abc1"), max_size=22))
@settings(max_examples=60, deadline=2000)
def test_signs_of_the_template_language_are_drawn_as_they_are(text: str) -> None:
    assert squeezed(f"<{text}>") in words_of(kit(f"<{text}>").content)


def test_letter_that_no_font_has_is_told_and_takes_the_mark_away() -> None:
    made = kit("\U0003ffff here")
    assert made.notice == NOT_MARKED
    assert not declares_ua(made.content)
    assert is_tagged(made.content)
    assert squeezed(NOT_MARKED) in words_of(made.content)


@pytest.mark.parametrize(
    "source",
    ['#read("../secret.txt")', '#read("{secret}")', '#read("/../secret.txt")', '#image("../secret.txt")'],
)
def test_template_reads_nothing_outside_its_folder(folder: Path, source: str) -> None:
    secret = folder.parent / "secret.txt"
    (folder / "spy.typ").write_text(source.replace("{secret}", str(secret)))
    with pytest.raises(RuntimeError, match="could not be set"):
        pdf_of(folder, "spy.typ", {"title": "x", "language": "en"}, made_at=AT)


def test_no_template_of_ours_takes_a_package_from_elsewhere_or_runs_text() -> None:
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text()
        assert "@" not in source, path
        assert "eval(" not in source, path


def test_what_takes_too_long_is_refused_with_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_at_work", BoundedSemaphore(1))
    (folder / "slow.typ").write_text("#set document(title: [x])\n#for n in range(200) [#lorem(50) ]")
    with pytest.raises(RuleBroken, match=r"not ready within 0\.01 seconds"):
        pdf_of(folder, "slow.typ", {}, made_at=AT, seconds=0.01)
    with pytest.raises(RuleBroken, match="Too many PDFs"):
        pdf_of(folder, "slow.typ", {}, made_at=AT, seconds=0.01)
    assert kit("after it").content.startswith(b"%PDF")


def test_what_is_too_large_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleBroken, match="too large"):
        kit("W" * 1_000_001)
