"""The desk as JSON: what the answers are made of, how they are asked of the case, and how they are described."""
