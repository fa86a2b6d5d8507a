"""The strands: what kinds of case there are, each told as a story made of steps."""
