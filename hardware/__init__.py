"""Readers, strikes, contacts and lights; knows nothing of pupils."""
