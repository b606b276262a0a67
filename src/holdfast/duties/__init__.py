"""What is owed: the record and the law together give the duties, as a pure function."""
