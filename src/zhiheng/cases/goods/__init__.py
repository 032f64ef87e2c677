"""物品: things registered, seized or sampled beside a case, one row each, from hand to hand.

Steps of side proceedings enter them from the list on their form, move them and end them; each
change is a `GoodMove` that names the act it belongs to and the digest that the act carries.
"""
