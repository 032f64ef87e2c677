"""Screens of supervision: the list, one clue, missed periods."""
