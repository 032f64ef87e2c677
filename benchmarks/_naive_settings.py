"""The platform's settings with the lists of `_naive` in place of its own."""

from zhiheng.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._naive"
