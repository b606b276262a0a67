"""The Django store: the only write (`append`), reads, queues. Nothing here changes or removes an entry.

Ask for what you need by file: `append` and `open_case` in append.py, `read_case` in reading.py, `queue` in queue.py.
"""
