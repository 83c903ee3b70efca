"""The shipped classifier: tags characters of a clause with category spans and scores the clause."""
