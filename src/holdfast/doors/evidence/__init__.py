"""What joins the vault to access and to the record, for every door: taking in, custody, and who may have what.

No page and no address of its own: desk, survivor and site call it, after they have asked `access`.
"""
