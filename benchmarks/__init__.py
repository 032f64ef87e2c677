"""Benchmarks: `python -m benchmarks.<name> [--scale …]`; the last line is one flat JSON object."""
