"""What the pack says: loading, checking, conditions, clocks, risk scoring. Law is data; nothing here is about one
place.
"""
