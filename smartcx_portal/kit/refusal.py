"""Reasons why a program cannot run, said in one sentence to whoever started it."""


class CannotRun(Exception):
    """The command ends with this one sentence and exit code 1, without a traceback."""
