"""`tracker users`: accounts of people who sign in."""

import sys

import click
from sqlalchemy.orm import Session

from tracker.cli.home import acting, as_option, open_home
from tracker.cli.refusals import Refused
from tracker.domain.actors import ROLE_LABELS, Role
from tracker.domain.permissions import Permission
from tracker.models.users import User
from tracker.queries.users import find_user, list_users
from tracker.services.permits import require
from tracker.services.second_steps import end_second_step
from tracker.services.sign_ins import issue_token
from tracker.services.users import add_user, disable_user


@click.group()
def users() -> None:
    """Give people accounts, and take them away."""


@users.command()
@click.argument("email")
@click.option("--name", required=True, help="How the person is called.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person does; may be given several times.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_option
def add(email: str, name: str, roles: tuple[str, ...], password_stdin: bool, acting_as: str | None) -> None:
    """Give the person with this address an account."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with open_home() as home, home.database.writing() as session:
        actor = acting(session, acting_as)
        require(actor, Permission.USER_MANAGE)
        chosen = [Role(role) for role in roles]
        user = add_user(session, email=email, name=name, roles=chosen, actor=actor, password=password)
        click.echo(f"{user.name} <{user.email}> may sign in.")


@users.command("list")
def list_() -> None:
    """Everybody who has an account."""
    with open_home() as home, home.database.reading() as session:
        for user in list_users(session):
            roles = ", ".join(ROLE_LABELS[role] for role in Role if role in user.roles)
            state = "" if user.is_active else "\tdisabled"
            click.echo(f"{user.email}\t{user.name}\t{roles}{state}")


@users.command()
@click.argument("email")
@as_option
def disable(email: str, acting_as: str | None) -> None:
    """Take a person's access away at once."""
    with open_home() as home, home.database.writing() as session:
        actor = acting(session, acting_as)
        require(actor, Permission.USER_MANAGE)
        user = _named(session, email)
        disable_user(session, user, actor=actor)
        click.echo(f"{user.name} may no longer sign in.")


@users.command("end-second-step")
@click.argument("email")
@as_option
def end_second_step_(email: str, acting_as: str | None) -> None:
    """Let the password alone sign somebody in again who lost their device."""
    with open_home() as home, home.database.writing() as session:
        user = _named(session, email)
        end_second_step(session, user, actor=acting(session, acting_as))
    click.echo(f"The password alone signs {email} in again.")


@users.command()
@click.argument("email")
@as_option
def token(email: str, acting_as: str | None) -> None:
    """Print a new bearer token for a person; it is shown this once."""
    with open_home() as home, home.database.writing() as session:
        actor = acting(session, acting_as)
        user = _named(session, email)
        if actor.id != user.id:
            require(actor, Permission.USER_MANAGE)
        issued = issue_token(session, user, actor=actor)
    click.echo(issued)


def _named(session: Session, email: str) -> User:
    user = find_user(session, email)
    if user is None:
        raise Refused(f"Nobody has the address {email}.")
    return user
