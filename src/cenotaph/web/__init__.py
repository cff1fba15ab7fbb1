"""The review desk: pages and an API over a case, on loopback."""
