"""Decides which doors may open and keeps the record."""
