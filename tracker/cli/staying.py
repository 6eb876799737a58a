"""Staying in charge of a piece of work, while whoever does it is busy with nothing else."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from tracker.logs import kind_of

_log = logging.getLogger(__name__)

NOTE_EVERY = 1  # seconds


@contextmanager
def staying(note: Callable[[], None]) -> Iterator[None]:
    """Call `note` every second until the block ends, also while the database looks for the first row."""
    stopped = threading.Event()

    def keep() -> None:
        while not stopped.wait(NOTE_EVERY):
            try:
                note()
            except SQLAlchemyError as failure:
                _log.warning("progress was not noted: %s", kind_of(failure))

    thread = threading.Thread(target=keep, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
