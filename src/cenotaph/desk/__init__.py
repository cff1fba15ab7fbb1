"""What the pages of the review desk show, drawn from the store a page at a time."""
