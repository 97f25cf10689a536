"""The simulated classroom: who is in it, where it is kept, what runs it."""
