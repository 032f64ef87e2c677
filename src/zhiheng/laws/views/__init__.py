"""Screens of the law corpus."""
