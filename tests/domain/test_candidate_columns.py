"""What columns hold is told by their names, and nobody comes in without a name and an address."""

import pytest

from tracker.domain.candidate_columns import Column as C
from tracker.domain.candidate_columns import check_columns, guessed_columns
from tracker.domain.candidate_files import candidate_lines
from tracker.domain.candidate_tables import csv_table, kept_tables, tables_kept
from tracker.domain.rules import RuleBroken


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        ("name,email,phone,source", (C.NAME, C.EMAIL, C.PHONE, C.SOURCE)),
        ("Full Name,E-Mail Address,Mobile_number", (C.NAME, C.EMAIL, C.PHONE)),
        ("First name,Last name,E-mail", (C.GIVEN_NAME, C.FAMILY_NAME, C.EMAIL)),
        ("Vorname,Name,E-Mail,Ort", (C.GIVEN_NAME, C.FAMILY_NAME, C.EMAIL, C.LOCATION)),
        ("Prénom,Nom,Mail", (C.GIVEN_NAME, C.FAMILY_NAME, C.EMAIL)),
        ("Name,First name,Last name,Email", (C.NAME, None, None, C.EMAIL)),
        ("email,Email,salary,", (C.EMAIL, None, None, None)),
        ("name,email,resume,tags,comments", (C.NAME, C.EMAIL, None, C.TAGS, C.NOTE)),
    ],
)
def test_columns_are_told_by_their_names(header, guessed):
    assert guessed_columns(header.split(",")) == guessed


def test_without_a_job_nothing_is_guessed_that_only_an_application_keeps():
    assert guessed_columns(["name", "email", "source", "tags", "note"], has_job=False)[2:] == (None,) * 3


@pytest.mark.parametrize(
    ("columns", "has_job", "sentence"),
    [
        ((C.EMAIL,), True, "Say which column holds the name."),
        ((C.NAME, None), True, "Say which column holds the e-mail address."),
        ((C.NAME, C.EMAIL, C.EMAIL), True, "Two columns are taken as e-mail"),
        ((C.NAME, C.GIVEN_NAME, C.EMAIL), True, "not both"),
        ((C.NAME, C.EMAIL, C.TAGS), False, "Tags is kept with an application"),
    ],
)
def test_columns_must_name_and_reach_a_person(columns, has_job, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_columns(columns, has_job=has_job)
    assert refused.value.field == "columns"


def test_name_is_put_together_and_everything_is_taken_by_its_column():
    table = csv_table(b'Last,First,Mail,Labels,Town,Note\nLee,Ann,ann@example.org,"a; B",York,"one\ntwo"\n')
    columns = (C.FAMILY_NAME, C.GIVEN_NAME, C.EMAIL, C.TAGS, C.LOCATION, C.NOTE)
    (line,), bad = candidate_lines(table, columns)
    assert bad == []
    assert (line.name, line.tags, line.location, line.note) == ("Ann Lee", ("a", "b"), "York", "one\ntwo")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",ann@example.org,", "Who"),
        ("Ann,nowhere,", "Where to"),
        (f"Ann,ann@example.org,{'x' * 50}", "Marks"),
        ("Ann,ann@example.org", ""),
    ],
)
def test_fault_names_the_files_own_column(row, column):
    table = csv_table(f"Who,Where to,Marks\n{row}\n".encode())
    _, (bad,) = candidate_lines(table, (C.NAME, C.EMAIL, C.TAGS))
    assert (bad.number, bad.column) == (2, column)


def test_examples_are_the_first_different_values_cut_short():
    table = csv_table(b"name,email\n ,x\nAnn,x\nAnn,x\n" + b"B" * 90 + b",x\nCid,x\nDee,x\n")
    assert table.samples(0) == ("Ann", "B" * 60, "Cid")


def test_tables_are_the_same_after_they_were_laid_by():
    table = csv_table('name,email\nZoë,zoe@example.org\n"open,x\n'.encode())
    assert tables_kept(kept_tables([table])) == (table,)
