"""The only writes of the law corpus: a source is taken in, days are settled."""

from zhiheng.laws.services.importing import Outcome, import_source
from zhiheng.laws.services.settling import settle

__all__ = ["Outcome", "import_source", "settle"]
