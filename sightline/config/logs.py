"""Structured logs, one JSON object a line, to standard error.

Only event names and ids are logged. Nothing a person typed is: exception messages and request
bodies may hold personal data, so tracebacks keep places in the code and drop values.
"""

import json
import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from sightline.rules.scanning.shapes import without_addresses


def places_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace exception info by its type and code places; the message may quote personal data."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["places"] = [
            f"{frame.filename.rsplit('/site-packages/', 1)[-1]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-12:]
        ]
    return event


def no_arguments(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep a library's message template and drop the values filled into it."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.args:
        event["event"] = str(record.msg)
    event.pop("positional_args", None)
    return event


def no_query(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the address alone of what was asked for: behind its ? an agency may send codes."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    return event


def no_addresses(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take out whatever looks like an address, a postcode or a telephone number, whoever's it is:
    none belongs in a log, so none need be looked up."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_addresses(value)
        elif isinstance(value, list | tuple | dict):
            event[name] = json.loads(without_addresses(json.dumps(value, default=str)))
    return event


def no_daily_talk(record: logging.LogRecord) -> bool:
    """Of what the task queue says, keep what went wrong: a task tried again is only INFO to it."""
    talk = record.name.startswith("procrastinate") and record.levelno < logging.WARNING
    return not talk or bool(record.exc_info)


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    places_only,
    no_query,
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [no_arguments, *SHARED],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                no_addresses,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "filters": {"no_daily_talk": {"()": lambda: no_daily_talk}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["no_daily_talk"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}


def configure_logs() -> None:
    """Set structlog up to end in the standard library's handlers, as Django's logs do."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
