"""The command line: the same services and queries as the pages, one file per noun, loaded when called."""

from tracker.cli.late_commands import LateCommand
from tracker.cli.refusals import RefusingGroup
from tracker.late import Late

main = RefusingGroup("tracker", help="A hiring pipeline, from application to onboarding.")
# Name, module, its command, and the first sentence of its help.
for _command in (
    LateCommand("serve", Late("tracker.cli.serving"), "serve", "Serve the tracker until it is stopped."),
    LateCommand(
        "demo",
        Late("tracker.cli.demo"),
        "demo",
        "Fill an empty home with made-up people, jobs and applications.",
    ),
    LateCommand("db", Late("tracker.cli.databases"), "db", "Bring the database up to date, and check it."),
    LateCommand("users", Late("tracker.cli.users"), "users", "Give people accounts, and take them away."),
    LateCommand("jobs", Late("tracker.cli.jobs"), "jobs", "Add jobs, plan their interviews, and list them."),
    LateCommand(
        "frameworks",
        Late("tracker.cli.frameworks"),
        "frameworks",
        "Import skills frameworks, and look at them.",
    ),
    LateCommand("rubrics", Late("tracker.cli.rubrics"), "rubrics", "Make rubrics."),
    LateCommand("candidates", Late("tracker.cli.candidates"), "candidates", "Bring people in."),
    LateCommand(
        "history",
        Late("tracker.cli.history"),
        "history",
        "Import, export and prove the history of applications.",
    ),
    LateCommand(
        "worker",
        Late("tracker.cli.worker"),
        "worker",
        "Send mail, read what was uploaded, make exports and count reports, until it is stopped.",
    ),
    LateCommand("mail", Late("tracker.cli.mails"), "mail", "Take answers to our mail in."),
    LateCommand(
        "retention",
        Late("tracker.cli.retention"),
        "retention",
        "Say whose records are due, and erase them.",
    ),
    LateCommand(
        "backup",
        Late("tracker.cli.backups"),
        "backup",
        "Write every row and every file into one file, while people go on working.",
    ),
    LateCommand(
        "restore",
        Late("tracker.cli.backups"),
        "restore",
        "Bring a backup back into an empty home, and prove its history.",
    ),
    LateCommand("report", Late("tracker.cli.reports"), "report", "Count a report from the history of moves."),
):
    main.add_command(_command)
