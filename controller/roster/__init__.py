"""The roll: reading what a school's systems export."""
