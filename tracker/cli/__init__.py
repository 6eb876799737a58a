"""The command line: the same services and queries as the pages, one file per noun."""

from tracker.cli.candidates import candidates
from tracker.cli.databases import db
from tracker.cli.demo import demo
from tracker.cli.frameworks import frameworks
from tracker.cli.history import history
from tracker.cli.jobs import jobs
from tracker.cli.proofs import checkpoint_, verify
from tracker.cli.refusals import RefusingGroup
from tracker.cli.rubrics import rubrics
from tracker.cli.serving import serve
from tracker.cli.users import users

main = RefusingGroup("tracker", help="A hiring pipeline, from application to onboarding.")
for _command in (serve, demo, db, users, jobs, frameworks, rubrics, candidates, history):
    main.add_command(_command)
for _command in (verify, checkpoint_):
    history.add_command(_command)
