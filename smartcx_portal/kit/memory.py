"""What a process keeps for good, told to Python's collector."""

import gc

from sqlalchemy.orm import configure_mappers


def keep_for_good() -> None:
    """Leave all that has been made so far out of later collections; call it once, when a process has started.

    Hundreds of thousands of objects come with the imports. Looking through them takes over 100 ms each time, in which
    nobody is answered, and never finds anything. What SQLAlchemy makes of the models at the first query is made now, so
    that it stays out, too.
    """
    configure_mappers()
    gc.collect()
    gc.freeze()
