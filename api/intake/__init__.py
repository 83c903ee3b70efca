"""How a scanned ad becomes a stored one: employers, versions, near-duplicates, captures, findings."""
