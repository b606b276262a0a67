"""Who may see and do what, and the log of who did. Every door asks here before it reads or writes a case."""
