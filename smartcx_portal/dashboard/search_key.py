"""Ctrl+K: from every page of the dashboard into the search; its code is `search_key.jsx`."""

import reflex as rx

LIBRARY = rx.asset("search_key.jsx", shared=True).importable_path
STYLES = rx.asset("bookings.css", shared=True).importable_path
"""The style sheet of the dashboard's lists, which comes with the same file."""
FIELD = "search-words"
"""The id of the search field of the list."""


class SearchKey(rx.Component):
    """Listens for the keys; `to` is the address of the list, `field` the id of its search field."""

    library = LIBRARY
    tag = "SearchKey"
    to: rx.Var[str]
    field: rx.Var[str]


class SearchArrival(rx.Component):
    """Beside the field: takes the focus there when it was asked for on another page."""

    library = LIBRARY
    tag = "SearchArrival"
    field: rx.Var[str]
