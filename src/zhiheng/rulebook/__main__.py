"""`python -m zhiheng.rulebook check`: the commands without Django."""

import contextlib
import sys

from zhiheng.rulebook.cli import main

with contextlib.suppress(BrokenPipeError):
    sys.exit(main())
