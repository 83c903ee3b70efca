"""The complaint desk: reports of people taken in, understood, protected, followed to an answer."""
