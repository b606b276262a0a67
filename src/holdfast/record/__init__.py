"""What happened: entry kinds, the chain that seals them, and the facts they add up to.

Pure: no clock, no disk, no Django.
"""
