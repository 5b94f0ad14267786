"""Checks minted tokens with PyJWT and joserfc, as a service would that checks offline.

usage: verify.py DIR ISSUER AUDIENCE

DIR holds jwks.json, good.txt (tokens that both must accept) and bad.txt (tokens that both must
refuse), one token a line. Prints what was checked; the first surprise ends with status 1.
"""

import json
import sys
from pathlib import Path

import jwt
from joserfc import jwt as jose
from joserfc.errors import JoseError
from joserfc.jwk import KeySet


def pyjwt(token, jwks, issuer, audience):
    keys = jwt.PyJWKSet.from_dict(jwks)
    header = jwt.get_unverified_header(token)
    if header.get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("typ")
    key = next((key for key in keys.keys if key.key_id == header.get("kid")), None)
    if key is None:
        raise jwt.InvalidKeyError("kid")
    return jwt.decode(
        token, key.key, algorithms=["ES256"], audience=audience, issuer=issuer,
        options={"require": ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]})


def joserfc(token, jwks, issuer, audience):
    decoded = jose.decode(token, KeySet.import_key_set(jwks), algorithms=["ES256"])
    if decoded.header.get("typ") != "at+jwt":
        raise JoseError("typ")
    jose.JWTClaimsRegistry(
        iss={"essential": True, "value": issuer}, aud={"essential": True, "value": audience},
        exp={"essential": True}, nbf={"essential": True}, sub={"essential": True},
    ).validate(decoded.claims)
    return decoded.claims


def main():
    folder, issuer, audience = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    jwks = json.loads((folder / "jwks.json").read_text())
    good = (folder / "good.txt").read_text().split()
    bad = (folder / "bad.txt").read_text().split()
    for library in (pyjwt, joserfc):
        claims = [library(token, jwks, issuer, audience) for token in good]
        for token in bad:
            try:
                library(token, jwks, issuer, audience)
            except (jwt.PyJWTError, JoseError, ValueError):
                continue
            sys.exit(f"{library.__name__} accepts {token}")
        print(library.__name__, len(good), len(bad), claims[0]["sub"], claims[0]["exp"])


main()
