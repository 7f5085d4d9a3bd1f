"""Files of every kind become a ``Document``."""
