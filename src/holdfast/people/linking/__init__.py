"""Links between cases: comparing the people of two of them, and the overnight pass over all. Proposes, never links."""
