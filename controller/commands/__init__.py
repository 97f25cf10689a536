"""What ``hometime`` does, a file a subject; ``cli`` is the whole of it."""
