"""Living cases of the demo county, at every stage, played through the services by the cast."""

from zhiheng.cases.demo.loading import load_demo

__all__ = ["load_demo"]
