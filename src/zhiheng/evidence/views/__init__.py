"""Screens of evidence, and its files: never as a page, never executed."""
