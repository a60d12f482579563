"""Rows that update by themselves and yet never jump under the pointer; their code is `steady.jsx`."""

import reflex as rx


class Steady(rx.Component):
    """A box whose rows (children with `data-row`) may change: the one that is pointed at or focused keeps its place."""

    library = rx.asset("steady.jsx", shared=True).importable_path
    tag = "Steady"
