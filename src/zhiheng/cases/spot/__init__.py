"""当场处罚 on the officer's phone: what is asked on each of its few screens, and what a tap does.

Everything lawful happens in the steps of `penalty.summary`; here several of them are put on one
screen, so that a clear case takes a few taps. A screen of the desk does the same steps one by one.
"""
