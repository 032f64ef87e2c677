"""Writes of cases: one function per legal act; walking the steps is `procedures.take_step`."""
