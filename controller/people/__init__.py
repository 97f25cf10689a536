"""Who people are to the system: their names, cards, passwords and PINs."""
