"""Whole matters from beginning to end, through the screens, each step by the right person."""
