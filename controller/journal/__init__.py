"""The journal: the append-only record of one node, and the only truth."""
