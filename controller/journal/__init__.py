"""The append-only store: its chain, projections and migrations."""
