"""The editors' desk: one draft beside the articles that tell it, and the acts that decide it."""
