"""The example's own scorer: claims expected by hand, beside each bulletin, against the claims that were read.

`bulletins.py` the reports; `expected.py` what a person says that they claim; `agreement.py` one question a field;
`scoring.py` who is matched with whom, and the figures (`pairing.py` finds the best match); `listing.py` each miss with
its sentence.
"""
