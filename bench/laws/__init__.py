"""Laws of the calculus, to be tried on as many made-up sets and figures as one has patience for.

A law takes one case and answers True (it holds), False (it is broken), or None (it says nothing of such a case). The
tests try the same laws on the same kinds of cases, fewer of them, and shrink what breaks them.
"""
