"""English names of months and weekdays, for parsing and output; posts are English whatever the locale."""

from __future__ import annotations

from typing import Final

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS: Final = tuple(name[:3].lower() for name in MONTH_NAMES)
"""``jan``, ``feb`` …"""
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS: Final = tuple(name[:3].lower() for name in WEEKDAY_NAMES)
