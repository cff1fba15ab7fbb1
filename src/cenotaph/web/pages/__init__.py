"""The pages of the desk, one module each; `routes` are its addresses."""
