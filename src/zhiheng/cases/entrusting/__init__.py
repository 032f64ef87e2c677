"""委托: an organ's head signs a letter of entrustment; once it is published the grants stand.

It is no case: its own dossier, its own small procedure (`entrustment`), no party. It lives here
since it takes steps, makes a paper and writes to the element register, which nothing lower may do
together. Law: 行政处罚法 (2021) 第二十条、第二十一条.
"""
