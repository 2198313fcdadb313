"""What becomes of a job that failed: an answer, and for what should not have happened a traceback in the log."""

from __future__ import annotations

from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError
from reinvent_tui.failures import log_failure
from reinvent_tui.paths import shown
from reinvent_tui.reader.answers import Answer, Failed, IndexDamaged, ScanEnded
from reinvent_tui.reader.requests import Request, ScanRequest


def failure(request: Request, error: Exception) -> Answer:
    """Return the answer to a request that failed. A scan ends: one that never did would block every later one."""
    if isinstance(request, ScanRequest):
        known = isinstance(error, IndexUnavailableError)
        return ScanEnded(request, None, str(error) if known else _logged(error, request), 0)
    if isinstance(error, IndexDamagedError):
        return IndexDamaged(request)
    if isinstance(error, IndexUnavailableError):
        return Failed(request, f"the index cannot be read: {error}")
    return Failed(request, _logged(error, request))


def _logged(error: Exception, request: Request) -> str:
    """Log an error that should not have been; return what to say of it."""
    path = log_failure(error, f"while answering {type(request).__name__}")
    where = f"; the details are in {shown(path)}" if path is not None else ""
    return f"something went wrong ({type(error).__name__}){where}"
