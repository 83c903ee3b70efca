"""The law as data, and the lookup of what a finding rests on.

from scanner.law import LawBook
LawBook.load().basis(Category.GENDER_RESTRICTION, "sex_limit_male", Direction.MALE, posted_on=None)
"""

from scanner.law.articles import Article, Law, Role, Status
from scanner.law.book import LawBook
from scanner.law.table import Party

__all__ = ["Article", "Law", "LawBook", "Party", "Role", "Status"]
