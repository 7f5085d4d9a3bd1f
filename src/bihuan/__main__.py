"""``python -m bihuan``."""

import sys

from bihuan.cli import main

sys.exit(main())
