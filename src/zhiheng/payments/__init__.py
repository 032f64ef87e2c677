"""缴款：应缴多少、缴到哪里、收到了没有。

Owns payment orders (缴款单), instalments, receipts of money, refunds, and the port to the payment
gateway. Used by `cases`, which issues orders and is told of money through `on_receipt`. It never
decides what somebody owes: that is decided in a case; here it is counted and received.
"""
