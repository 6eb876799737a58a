"""Imports go one way, in the open, and the core touches the outside world only through its doors."""

from pathlib import Path

from tests.house.reading import calls, functions, imported_modules, trees

DOORS = {"config", "clock", "places", "memory", "mail", "files", "extraction"}
LOADS_LATE = "tracker/late.py"
CORE = {"domain", "models", "queries", "services"}
FACES = CORE | DOORS | {"exports", "db", "schema", "late", "logs"}

# What each part may import besides itself. The command line starts the server, so it knows the app.
MAY_IMPORT = {
    "late": set(),
    "domain": {"late"},
    "models": {"domain"},
    "queries": {"domain", "models", "memory", "late"},
    "services": {"domain", "models", "queries", "clock", "places", "memory", "mail", "files", "late"},
    "exports": {"domain", "late"},
    "config": {"domain"},
    "clock": set(),
    "places": {"domain"},
    "memory": set(),
    "logs": set(),
    "db": {"config"},
    "schema": {"config", "db", "models", "late"},
    "mail": {"config", "domain"},
    "files": {"config", "domain"},
    "extraction": {"domain", "late"},
    "web": FACES,
    "api": FACES | {"web"},
    "cli": FACES | {"app"},
    "app": FACES | {"web", "api"},
    "__main__": {"cli"},
}

OUTSIDE_WORLD = {
    *("alembic", "apiflask", "authlib", "click", "flask", "flask_login", "flask_wtf", "jinja2", "requests"),
    *("rich", "sqlalchemy", "sqlite3", "werkzeug", "wtforms"),
    *("os", "pathlib", "shutil", "smtplib", "socket", "subprocess", "tempfile", "time", "urllib"),
}
TELLS_THE_TIME = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"),
}
ENDS_A_TRANSACTION = ("commit", "rollback")


def part_of(path: str) -> str:
    return Path(path).parts[1].removesuffix(".py")


def imports_go_downward(root: Path) -> list[str]:
    offences = []
    for path, tree in trees(root, "tracker"):
        part = part_of(path)
        if part == "__init__":
            continue
        if part not in MAY_IMPORT:
            offences.append(f"{path}: {part} is no part of the map")
            continue
        for line, name in imported_modules(tree):
            names = name.split(".")
            if name.startswith(".") or name == "tracker":
                offences.append(f"{path}:{line}: import modules by their full name")
            elif names[0] == "tracker" and names[1] not in MAY_IMPORT[part] | {part}:
                offences.append(f"{path}:{line}: {part} may not import {names[1]}")
    return offences


def imports_stand_at_the_top(root: Path) -> list[str]:
    hidden = [
        f"{path}:{line}: an import inside {function.name}"
        for path, tree in trees(root, "tracker")
        for function in functions(tree)
        for line, _ in imported_modules(function)
    ]
    dynamic = [
        f"{path}:{line}: {name} hides an import"
        for path, tree in trees(root, "tracker")
        for line, name in calls(tree)
        if name.split(".")[-1] in {"import_module", "__import__", "resolve_name"} and path != LOADS_LATE
    ]
    return hidden + dynamic


def the_package_itself_imports_nothing(root: Path) -> list[str]:
    found = [tree for path, tree in trees(root, "tracker") if path == "tracker/__init__.py"]
    return [
        f"tracker/__init__.py:{line}: imports {name}"
        for tree in found
        for line, name in imported_modules(tree)
    ]


def the_domain_is_pure(root: Path) -> list[str]:
    imports = [
        f"{path}:{line}: the domain may not import {name}"
        for path, tree in trees(root, "tracker/domain")
        for line, name in imported_modules(tree)
        if name.split(".")[0] in OUTSIDE_WORLD
    ]
    reads = [
        f"{path}:{line}: the domain may not call {name}"
        for path, tree in trees(root, "tracker/domain")
        for line, name in calls(tree)
        if name in {"open", "print", "input"}
    ]
    return imports + reads


def only_the_clock_tells_the_time(root: Path) -> list[str]:
    return [
        f"{path}:{line}: {name}: ask tracker.clock, or be told"
        for path, tree in trees(root, "tracker")
        for line, name in calls(tree)
        if name in TELLS_THE_TIME and path != "tracker/clock.py"
    ]


def only_demonstrations_stand_elsewhere_in_time(root: Path) -> list[str]:
    return [
        f"{path}:{line}: {name}: the clock of people at work is the real one"
        for path, tree in trees(root, "tracker")
        for line, name in calls(tree)
        if name.split(".")[-1] == "standing_at" and not path.startswith("tracker/cli/demo")
    ]


def nobody_below_the_faces_commits(root: Path) -> list[str]:
    folders = [f"tracker/{part}" for part in sorted(CORE | {"exports"})]
    return [
        f"{path}:{line}: {name}: the transaction belongs to the request"
        for path, tree in trees(root, *folders)
        for line, name in calls(tree)
        if "." in name and name.split(".")[-1] in ENDS_A_TRANSACTION
    ]
