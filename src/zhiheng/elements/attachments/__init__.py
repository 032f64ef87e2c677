"""附件: files kept with elements and proposals; sniffed, limited, digested, never executed."""
