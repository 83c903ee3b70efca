"""The lexicon at work: which version is in force, and how a person changes it."""
