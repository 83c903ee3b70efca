"""Cases: opened from findings, followed to their correction."""
