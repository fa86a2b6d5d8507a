"""Who is asking: access tokens of OpenID Connect providers, verified without asking anyone.

Nothing is gathered here: what fetches keys takes long to load, and settings name issuers alone.
"""
