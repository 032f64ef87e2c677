"""Screens of payments: what a party owes and pays; what the finance side reconciles."""
