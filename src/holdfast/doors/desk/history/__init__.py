"""Earlier history at the desk: looking it up, links between reports, and who is there before officers leave."""
