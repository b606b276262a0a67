"""The guide's pages. Each answers with law and practice only; none can reach a case, and none keeps a session."""
