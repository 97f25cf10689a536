"""The tables of ``people.db``, one file each."""
