"""The desk in a real browser; what does not need one is in tests/web."""
