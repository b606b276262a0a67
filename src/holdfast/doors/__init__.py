"""The web surfaces: guide, survivor, desk and api, over one look."""
