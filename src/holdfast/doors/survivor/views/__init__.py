"""The survivor's pages: entering and leaving, reading, asking."""
