"""Armenian."""
