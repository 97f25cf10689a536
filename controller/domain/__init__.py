"""Rules and facts: no clock, disk, thread, pin or page."""
