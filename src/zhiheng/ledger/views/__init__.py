"""Screens of the ledger: the public log, and the sealed content of an act for who may see it."""
