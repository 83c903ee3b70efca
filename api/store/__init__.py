"""What the office keeps: typed tables on SQLite or PostgreSQL."""
