"""平招: finds gender discrimination in Chinese recruitment ads.

>>> from scanner import Ad, Scanner
>>> [f.spans[0].quote for f in Scanner.load().scan(Ad(text="招文员，限女性")).findings]
['限女性']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Ad", "Scanner", "__version__"]

if TYPE_CHECKING:
    from scanner.ad import Ad
    from scanner.engine import Scanner


def __getattr__(name: str) -> Any:
    """Import the public face on first use, so that `import scanner` stays light."""
    if name == "Scanner":
        from scanner.engine import Scanner

        return Scanner
    if name == "Ad":
        from scanner.ad import Ad

        return Ad
    raise AttributeError(name)
