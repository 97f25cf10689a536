"""The drivers over real chips, and the only imports of their libraries."""
