"""How staff sign in: who they are, by what they prove it, how long it lasts, and what happens when it is lost.

- What is checked (passkeys, one-time codes, passwords, lock-out, single sign-on) is the work of django-allauth, fido2,
  argon2 and django-axes. What is here says when each is asked for, and for whom.
- Accounts have no e-mail address and nobody signs up: a supervisor or `holdfast staff` makes them.
"""
