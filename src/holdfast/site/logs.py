"""What is written to the log: that something went wrong and where in the program, never in whose case.

- No path or address of a request: an address shows which page somebody read, and when.
- No message of an error: it may repeat what was typed. The kind of error and the lines of our own files are enough.
- No words of other libraries, which write names and addresses into theirs: only where in them something was said.
"""

import logging
import time
import traceback
from typing import Any

_WITH_MARKS = ("django", "uvicorn")  # what they fill in stands behind a mark, and is cut off with it


class WithoutDetail(logging.Formatter):
    """One line a record, in UTC; an error adds its type and where it was raised."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} {record.levelname.lower()} {record.name}: {_said(record)}"
        if record.exc_info and record.exc_info[0]:
            line += f"\n  {record.exc_info[0].__name__}, message left out"
            for frame in traceback.extract_tb(record.exc_info[2])[-8:]:
                line += f"\n  {frame.filename.rsplit('/src/', 1)[-1]}:{frame.lineno} in {frame.name}"
        return line


def _said(record: logging.LogRecord) -> str:
    library = record.name.partition(".")[0]
    if status := getattr(record, "status_code", None):
        return f"a request was answered with {status}"
    if library == "holdfast":
        return record.getMessage()  # our own words, written to hold no detail
    if library in _WITH_MARKS:
        return str(record.msg).split("%")[0].strip()
    return f"something was said at {record.module}:{record.lineno}"


QUIET: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_detail": {"()": "holdfast.site.logs.WithoutDetail"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "without_detail"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "holdfast": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
