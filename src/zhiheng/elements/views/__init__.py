"""Screens of the element centre."""
