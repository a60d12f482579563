"""The staff calendar's columns as a component; its code is `staff_calendar.jsx`, its style sheet lies beside it.

Both are loaded on its page only. It holds no product words: texts come in as `words`.
"""

from typing import Any

import reflex as rx

LIBRARY = rx.asset("staff_calendar.jsx", shared=True).importable_path
STYLES = rx.asset("staff_calendar.css", shared=True).importable_path


def _opened(booking: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (booking,)


def _dropped(drop: rx.Var[dict[str, Any]]) -> tuple[rx.Var[dict[str, Any]]]:
    return (drop,)


class StaffCalendar(rx.Component):
    """Columns of appointments over the hours of the day.

    `columns` hold `blocks` and `bands` in minutes of the day; `begins` and `ends` bound the axis; `shortest` is the
    length of the shortest appointment, which sets the scale. `on_open` gets a block's id; `on_drop` gets
    `{booking, day, resource, minute, minutes}` where one was dragged to. A click on an empty time leads to `new_at`
    with the query parameters that `words` names.
    """

    library = LIBRARY
    tag = "StaffCalendar"
    columns: rx.Var[list[Any]]
    begins: rx.Var[int]
    ends: rx.Var[int]
    shortest: rx.Var[int]
    words: rx.Var[dict[str, Any]]
    new_at: rx.Var[str]
    on_open: rx.EventHandler[_opened]  # type: ignore[type-arg, valid-type]
    on_drop: rx.EventHandler[_dropped]  # type: ignore[type-arg, valid-type]
