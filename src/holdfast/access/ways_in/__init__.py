"""The ways into one survivor's page: their words, their second words, their passkeys, and the words of a supporter.

`kept` the table; `stretched` the slow hash; `opening` what somebody typed; `again` the words once more; `second`,
`supporters`, `passkeys` each way; `turns` and `wrong_tries` what slows whoever is wrong, and tells staff.
"""
