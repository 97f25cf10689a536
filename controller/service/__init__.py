"""The loop: take a fact, decide, write, then act."""
