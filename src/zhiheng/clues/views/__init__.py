"""Screens of clues."""
