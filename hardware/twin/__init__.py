"""The same chips and mechanics, simulated."""
