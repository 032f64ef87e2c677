"""Screens of documents: one document for those who may see it, the public check for anyone."""
