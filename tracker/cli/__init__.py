"""The command line: the same services and queries as the pages, one file per noun."""

from tracker.cli.databases import db
from tracker.cli.refusals import RefusingGroup
from tracker.cli.serving import serve
from tracker.cli.users import users

main = RefusingGroup("tracker", help="A hiring pipeline, from application to onboarding.")
for _command in (serve, db, users):
    main.add_command(_command)
