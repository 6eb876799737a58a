"""Where this machine has its Chromium."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The browser named by TRACKER_CHROMIUM, or the first that is found."""
    named = os.environ.get("TRACKER_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)
