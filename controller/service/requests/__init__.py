"""What can be asked over the socket, by subject; the whole list is in ``table``."""
