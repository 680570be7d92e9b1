"""PolicyTest: cases with a clock, and what the policies must decide about them."""
