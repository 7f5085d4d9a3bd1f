"""The screen speaks Chinese in every test that doesn't ask for another language, whatever the machine's locale."""

import os

os.environ["BIHUAN_LANG"] = "zh"
