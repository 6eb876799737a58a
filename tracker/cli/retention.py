"""`tracker retention`: whose records are due by the rules, and erasing them."""

from collections import Counter

import click

from tracker import clock
from tracker.cli.home import acting, as_option, open_home
from tracker.cli.progress import progress
from tracker.cli.scrubbing import scrub_erased
from tracker.domain.retention import KEEP_LABELS
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models.candidates import Candidate
from tracker.models.erasures import ErasureCause
from tracker.queries.retention import judge_everyone
from tracker.services.erasures import erase_person, plan_purge


@click.group()
def retention() -> None:
    """Say whose records are due, and erase them."""


@retention.command()
@as_option
def due(acting_as: str | None) -> None:
    """List whose records are due today and by which rules, and count why the others stay."""
    kept: Counter[str] = Counter()
    number = 0
    with open_home() as home, home.database.reading() as session:
        plan_purge(session, policy=home.config.retention, actor=acting(session, acting_as))
        for line in judge_everyone(session, clock.here(), policy=home.config.retention):
            verdict = line.verdict
            if verdict.keep is not None:
                kept[KEEP_LABELS[verdict.keep]] += 1
                continue
            number += 1
            by = "; ".join(verdict.sources) or "the organisation's own period"
            click.echo(f"candidate {line.candidate_id}: due since {verdict.due_on}, by {by}")
    click.echo(f"{number:,} due, {sum(kept.values()):,} stay.")
    for reason, count in sorted(kept.items()):
        click.echo(f"  {reason}: {count:,}")


@retention.command()
@click.option("--yes", "is_decided", is_flag=True, help="Erase them; without it nothing is changed.")
@as_option
def purge(is_decided: bool, acting_as: str | None) -> None:
    """Erase whose records are due; without --yes only say whom it would be."""
    with open_home() as home:
        policy = home.config.retention
        with home.database.reading() as session:
            actor = acting(session, acting_as)
            plan = plan_purge(session, policy=policy, actor=actor)
        if not is_decided:
            click.echo(
                f"{len(plan.candidate_ids):,} would be erased, {plan.kept:,} stay. Nothing was changed."
            )
            return
        store, erased = FileStore(home.config.files_folder), 0
        with progress("Erasing", len(plan.candidate_ids)) as advance:
            for candidate_id in plan.candidate_ids:
                # Each by itself, and judged again: others go on working, a hold may have come in between.
                try:
                    with home.database.writing() as session:
                        erase_person(
                            session,
                            store,
                            session.get_one(Candidate, candidate_id),
                            cause=ErasureCause.DUE,
                            policy=policy,
                            actor=actor,
                        )
                    erased += 1
                except RuleBroken as kept:
                    click.echo(f"candidate {candidate_id}: {kept.message}", err=True)
                advance(1)
        is_scrubbed = scrub_erased(home.database)
    click.echo(
        f"{erased:,} erased, and what they left behind is overwritten."
        if is_scrubbed
        else f"{erased:,} erased. What they left behind is overwritten once nobody reads it any more."
    )
