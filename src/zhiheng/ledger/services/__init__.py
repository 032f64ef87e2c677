"""Writes of the ledger: one function for each thing that has legal effect."""
