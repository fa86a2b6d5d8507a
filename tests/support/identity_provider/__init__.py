"""An OpenID Connect provider for tests: a process of its own, with signing keys of its own.

What it does is real: discovery, JWKS, client credentials (client secret or private_key_jwt),
authorisation code with PKCE, signed access tokens (RFC 9068) and ID tokens, the end of a session.
What makes it one for tests is under `/admin`: keys are rotated, it fails in a chosen way, it issues
for anyone asked, and its ID tokens lie. It listens on loopback only and signs with `cryptography`
alone, so it shares no token code with us.
"""
