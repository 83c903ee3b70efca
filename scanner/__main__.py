"""`python -m scanner` is `pingzhao`."""

from scanner.cli import main

if __name__ == "__main__":
    main(prog_name="pingzhao")
