"""How much Bihuan takes in at once; beyond it a file is refused before it is read."""

MAX_FILE_BYTES = 200 * 1024 * 1024  # the largest scans that offices send are some tens of megabytes
MAX_CHARACTERS = 20_000_000  # a hundred times the longest report known to us
MAX_PIXELS = 80_000_000  # A4 at 600 dots an inch is 35 million
MAX_PAGES = 2_000
