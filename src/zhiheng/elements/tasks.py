"""Jobs of the element centre; each part has its own module."""

from zhiheng.elements.exchange import tasks as exchange

__all__ = ["exchange"]
