"""tracker: a hiring pipeline as one state machine per application.

domain     what may happen and what follows: pure values and tables
models     facts as rows, with the constraints that refuse impossible ones
queries    what one screen or report needs to read, and what an actor may know of
services   use cases: every write, one verb each
exports    rows into formats
web        pages;  api  JSON;  cli  the command line: all over the same services and queries
extraction text out of uploaded files, read in a process of its own that can open nothing
app        create_app, the one place where the parts are joined

Imports go one way: domain, models, queries, services, then web, api and cli, then app.
"""
