"""What a person's report says: which discrimination, at which stage, by whom, how urgent, who is competent."""
