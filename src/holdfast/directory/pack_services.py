"""The name under which `of_pack` was first announced; the guide's finding page still imports it."""

from holdfast.directory.of_pack import listings_of

__all__ = ["listings_of"]
