"""`tracker rubrics generate`: a rubric made from the framework of an occupation."""

import json

import click
from sqlalchemy import select

from tracker.cli.home import open_home
from tracker.cli.refusals import Refused
from tracker.config import data_folder
from tracker.domain.frameworks import Framework, Level, parse_framework
from tracker.domain.rubric_documents import rubric_as_document
from tracker.domain.rubrics import generate_rubric
from tracker.models.frameworks import FrameworkRow


@click.group()
def rubrics() -> None:
    """Make rubrics."""


@rubrics.command()
@click.argument("soc")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="The level to hire for.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole rubric as JSON.")
def generate(soc: str, level: str | None, as_json: bool) -> None:
    """Generate the rubric of an occupation; nothing is stored."""
    framework = _framework(soc)
    document = rubric_as_document(generate_rubric(framework, target_level=level), framework)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"{framework.title}, hired at {document['target_level']}")
    for competency in document["competencies"]:
        click.echo(f"{competency['weight']}\t{competency['name']}")


def _framework(soc: str) -> Framework:
    """The newest imported framework of the occupation, else the one that comes with the tracker."""
    with open_home() as home, home.database.reading() as session:
        newest = select(FrameworkRow.content).where(FrameworkRow.soc == soc).order_by(FrameworkRow.id.desc())
        content = session.scalar(newest.limit(1))
    if content is not None:
        return parse_framework(content.encode())
    for seed in sorted((data_folder("seeds") / "frameworks").glob("*.json")):
        framework = parse_framework(seed.read_bytes())
        if framework.soc == soc:
            return framework
    raise Refused(f"There is no framework of the occupation {soc}: import one first.")
