"""The OpenAPI file against the running service, and clients that others wrote."""

import json
import pathlib
import subprocess
import sys

import jwt
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from conftest import ROOT


def test_the_openapi_file_is_what_the_service_does(shared):
    made = shared.site.json("client", "add", "schemathesis")
    done = subprocess.run(
        [pathlib.Path(sys.executable).parent / "schemathesis", "run",
         ROOT / "Resources/openapi.yaml", "--url", f"http://127.0.0.1:{shared.port}",
         "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
         "response_headers_conformance,response_schema_conformance,unsupported_method",
         "--exclude-path-regex", "^/auth$", "--auth", f"{made['client_id']}:{made['secret']}",
         "--max-examples", "40", "--seed", "1", "--workers", "2", "--no-color"],
        capture_output=True, text=True, timeout=300, cwd=shared.site.folder)
    assert done.returncode == 0, done.stdout[-6000:]
    # Any method is fine at /auth, so that check does not fit there.
    done = subprocess.run(
        [pathlib.Path(sys.executable).parent / "schemathesis", "run",
         ROOT / "Resources/openapi.yaml", "--url", f"http://127.0.0.1:{shared.port}",
         "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
         "response_headers_conformance,response_schema_conformance",
         "--include-path-regex", "^/auth", "--max-examples", "40", "--seed", "1", "--no-color"],
        capture_output=True, text=True, timeout=300, cwd=shared.site.folder)
    assert done.returncode == 0, done.stdout[-6000:]


def test_pyjwt_verifies_a_token_by_the_published_keys(shared):
    value, id_ = shared.site.token("offline")
    base = f"http://127.0.0.1:{shared.port}"
    keys = jwt.PyJWKClient(f"{base}/.well-known/jwks.json")
    claims = jwt.decode(value, keys.get_signing_key_from_jwt(value), algorithms=["ES256"],
                        audience="api", issuer="http://localhost:8484")
    assert claims["jti"] == id_ and claims["sub"] == "root"


def test_authlib_introspects_and_revokes(shared):
    made = shared.site.json("client", "add", "authlib")
    base = f"http://127.0.0.1:{shared.port}"
    for method in ["client_secret_basic", "client_secret_post"]:
        value, _ = shared.site.token(f"by {method}")
        client = OAuth2Session(made["client_id"], made["secret"],
                               token_endpoint_auth_method=method,
                               revocation_endpoint_auth_method=method)
        told = client.introspect_token(f"{base}/oauth2/introspect", value).json()
        assert told["active"] is True and told["client_id"] == f"by {method}"
        assert client.revoke_token(f"{base}/oauth2/revoke", value).status_code == 200
        assert client.introspect_token(f"{base}/oauth2/introspect", value).json() == {"active": False}
        assert shared.status(value) == 401


def test_the_metadata_is_the_issuers(shared):
    reply = requests.get(
        f"http://127.0.0.1:{shared.port}/.well-known/oauth-authorization-server",
        headers={"Host": "attacker.example"}, timeout=10)
    assert "attacker" not in reply.text
    metadata = AuthorizationServerMetadata(reply.json())
    metadata.validate_issuer = lambda: None  # It wants https, and this site has a local issuer.
    assert metadata["issuer"] == "http://localhost:8484"
    assert metadata["introspection_endpoint"] == "http://localhost:8484/oauth2/introspect"


def test_each_reason_has_its_place_on_the_help_page(shared):
    _, _, body = shared.ask()
    refusal = json.loads(body)
    page = shared.ask(target="/help")[2].decode()
    assert refusal["help"] == f"http://localhost:8484/help#{refusal['error']}"
    assert f'id="{refusal["error"]}"' in page
