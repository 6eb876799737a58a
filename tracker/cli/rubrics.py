"""`tracker rubrics`: generated from a framework; those of jobs listed, shown, published and exported."""

import json

import click
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.cli.home import acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.refusals import Refused
from tracker.config import data_folder
from tracker.domain.actors import Actor
from tracker.domain.competencies import Competency
from tracker.domain.frameworks import LEVEL_LABELS, Framework, Level, parse_framework
from tracker.domain.rubric_documents import rubric_as_document, rubric_as_json, rubric_from_document
from tracker.domain.rubric_review import review_points
from tracker.domain.rubrics import generate_rubric
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import RUBRIC_STATUS_LABELS, Rubric, RubricStatus
from tracker.places import law_of
from tracker.queries import visible
from tracker.queries.rubrics import rubric_versions
from tracker.services.rubrics import generate_rubric_draft, publish_rubric, source_of

# A rubric is named by its id, as `list` and the address of its page have it.
_RUBRIC = click.IntRange(1, 2**31 - 1)


@click.group()
def rubrics() -> None:
    """Make rubrics."""


@rubrics.command()
@click.argument("soc")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="The level to hire for.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole rubric as JSON.")
@click.option("--job", help="Keep it as a draft of this job; its id alone is printed.")
@click.option("--reason", help="With --job and --level: why that level.")
@as_option
def generate(
    soc: str, level: str | None, as_json: bool, job: str | None, reason: str | None, acting_as: str | None
) -> None:
    """Generate the rubric of an occupation; nothing is stored, but for a job."""
    if job is not None:
        _draft(soc, job, Level(level) if level else None, reason, acting_as)
        return
    framework = _framework(soc)
    document = rubric_as_document(generate_rubric(framework, target_level=level), framework)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"{framework.title}, hired at {document['target_level']}")
    for competency in document["competencies"]:
        click.echo(f"{competency['weight']}\t{competency['name']}")


@rubrics.command("list")
@click.argument("job")
@as_option
def list_(job: str, acting_as: str | None) -> None:
    """The versions of a job's rubric, latest first: id, version, status, edits, title."""
    with open_home() as home, home.database.reading() as session:
        job_id = find_job(session, job).id
        for row in rubric_versions(session, acting(session, acting_as), job_id):
            status = RUBRIC_STATUS_LABELS[row.status]
            click.echo(f"{row.id}\t{row.number}\t{status}\t{row.edits}\t{row.title}")


@rubrics.command()
@click.argument("rubric", type=_RUBRIC)
@as_option
def show(rubric: int, acting_as: str | None) -> None:
    """A rubric in words: its competencies and anchors, and what a draft has open."""
    with open_home() as home, home.database.reading() as session:
        row = _rubric(session, rubric, acting(session, acting_as))
        job = session.get_one(Job, row.job_id)
        content = rubric_from_document(row.content)
        status = RUBRIC_STATUS_LABELS[row.status].lower()
        click.echo(f"{job.title}, version {row.number}, {status}, {row.edits} edits")
        for competency in content.competencies:
            _tell(competency)
        for item in content.leftovers:
            click.echo(f"left over, {LEVEL_LABELS[item.level].lower()}: {_one_line(item.statement)}")
        if row.status is RubricStatus.DRAFT:
            for point in review_points(content, law_of(job.jurisdiction)):
                click.echo(f"{'must be settled' if point.is_blocking else 'look at it'}: {point.message}")
        if row.content_hash:
            click.echo(f"sha256 {row.content_hash}")


@rubrics.command()
@click.argument("rubric", type=_RUBRIC)
@click.option("--edits", type=click.IntRange(0), help="Only if the draft has as many edits as this.")
@as_option
def publish(rubric: int, edits: int | None, acting_as: str | None) -> None:
    """Publish a draft, as a named person: it never changes again."""
    with open_home() as home, home.database.writing() as session:
        actor = acting(session, acting_as)
        row = _rubric(session, rubric, actor)
        publish_rubric(session, row, edits=row.edits if edits is None else edits, actor=actor)
        click.echo(f"{row.id}\tversion {row.number}\tsha256 {row.content_hash}")


@rubrics.command()
@click.argument("rubric", type=_RUBRIC)
@as_option
def export(rubric: int, acting_as: str | None) -> None:
    """A rubric as a JSON document; the same rubric gives the same bytes."""
    with open_home() as home, home.database.reading() as session:
        row = _rubric(session, rubric, acting(session, acting_as))
        click.echo(rubric_as_json(rubric_from_document(row.content), source_of(row)))


def _draft(soc: str, job: str, level: Level | None, reason: str | None, acting_as: str | None) -> None:
    with open_home() as home, home.database.writing() as session:
        row = session.scalar(_newest(soc))
        if row is None:
            raise Refused(f"There is no framework of the occupation {soc}: import one first.")
        draft = generate_rubric_draft(
            session,
            find_job(session, job),
            row,
            actor=acting(session, acting_as),
            target_level=level,
            target_reason=reason,
        )
        click.echo(draft.id)


def _newest(soc: str) -> Select[FrameworkRow]:
    return select(FrameworkRow).where(FrameworkRow.soc == soc).order_by(FrameworkRow.id.desc()).limit(1)


def _rubric(session: Session, rubric_id: int, actor: Actor) -> Rubric:
    row = session.scalars(visible.rubrics(actor).where(Rubric.id == rubric_id)).one_or_none()
    if row is None:
        raise Refused(f"There is no rubric {rubric_id}.")
    return row


def _tell(row: Competency) -> None:
    needed = "required" if row.is_required else "not required"
    target = LEVEL_LABELS[row.target_level].lower()
    click.echo(f"{row.key}\t{row.name}\t{needed}\tweight {row.weight:g}\ttarget {target}")
    for level, anchor in row.anchors.items():
        said = f"{_one_line(anchor.statement)}{' (weak)' if anchor.is_weak else ''}" if anchor else "–"
        click.echo(f"  {LEVEL_LABELS[level].lower()}: {said}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _framework(soc: str) -> Framework:
    """The newest imported framework of the occupation, else the one that comes with the tracker."""
    with open_home() as home, home.database.reading() as session:
        content = session.scalar(_newest(soc).with_only_columns(FrameworkRow.content))
    if content is not None:
        return parse_framework(content.encode())
    for seed in sorted((data_folder("seeds") / "frameworks").glob("*.json")):
        framework = parse_framework(seed.read_bytes())
        if framework.soc == soc:
            return framework
    raise Refused(f"There is no framework of the occupation {soc}: import one first.")
