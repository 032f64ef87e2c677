"""Writing: orders, schedules, money in, money back."""
