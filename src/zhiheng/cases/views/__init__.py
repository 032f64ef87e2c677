"""Screens of cases and the to-do list."""
