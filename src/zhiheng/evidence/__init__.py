"""证据：证据的采集、摘要、核实与排除。

What it owns: pieces of evidence (`EvidenceItem`) and their untouched files, with SHA-256 and SM3
taken while the upload streams in, so that the ledger holds the digests from the first moment.

Words: evidence 证据, collector 收集人, verify 核实, exclude 排除, source 来源.

Who calls it: cases and inspections. It never edits or deletes an original; a thumbnail is a
derived object. It never serves an uploaded file as a page.
"""
