#!/usr/bin/env python
"""Command line of the platform: `manage.py help` lists what there is."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
