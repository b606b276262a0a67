"""The control room's board: the open calls, live in every open browser, and what stands in its place without script."""
