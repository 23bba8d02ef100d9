# SPDX-License-Identifier: MPL-2.0
"""Days as people write them, in the language that was chosen.

Machines get ISO 8601 (:mod:`clientcfg.model.documents`). The system's own
locale is not asked: it may be another one than that of our sentences.
"""

from datetime import date, datetime

from clientcfg.words import _


def day_in_words(day: date) -> str:
    """ "14 February 2027"."""
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day), year=day.year)


def moment_in_words(at: datetime) -> str:
    """ "14 February 2027, 09:05", by the clock that *at* goes by."""
    return _("{day}, {time}").format(day=day_in_words(at), time=time_of_day(at))


def time_of_day(at: datetime) -> str:
    """ "09:05"."""
    return f"{at:%H:%M}"


def weekday_in_words(day: date) -> str:
    """ "Friday, 20 November"."""
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"),
        _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return day_and_month(names[day.weekday()], day)


def day_and_month(name: str, day: date) -> str:
    """The same with another word for the day: "Today, 20 November"."""
    return _("{name}, {day} {month}").format(name=name, day=day.day, month=month_name(day))


def month_in_words(day: date) -> str:
    """ "October 2026"."""
    return _("{month} {year}").format(month=month_name(day), year=day.year)


def short_day(day: date) -> str:
    """ "3 Oct", where there is little room."""
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return _("{day} {month}").format(day=day.day, month=names[day.month - 1])


def month_name(day: date) -> str:
    """ "October"."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )[day.month - 1]  # fmt: skip
