import re

import pytest

HOST = {"HTTP_HOST": "skechwime.test"}


def test_leads_everyone_to_the_lobby(client):
    answer = client.get("/", **HOST)
    assert (answer.status_code, answer["Location"]) == (302, "/boards/lobby")


def test_makes_up_a_new_board_each_time(client):
    names = {client.get("/new", **HOST)["Location"] for _ in range(20)}
    assert len(names) == 20
    assert all(re.fullmatch("/boards/[a-z]{3}-[a-z]{4}-[a-z]{3}", name) for name in names)


def test_serves_a_board_whose_scripts_and_styles_are_there_and_never_change(client):
    answer = client.get("/boards/team-1", **HOST)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<body data-board="team-1">' in page
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(files) == 5
    main = next(file for file in files if "main" in file)
    modules = re.findall(r'from "\./(.+?)"', client.get(main, **HOST).content.decode())
    assert len(modules) == 10
    for file in files + [f"/static/boards/{module}" for module in modules]:
        assert re.search(r"\.[0-9a-f]{12}\.(js|css|svg)$", file)
        answer = client.get(file, **HOST)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "max-age=315360000, public, immutable")


@pytest.mark.parametrize("path", ["/boards/", "/boards/Loud", "/boards/-x", f"/boards/{'x' * 41}", "/nowhere"])
def test_knows_no_other_address(client, path):
    assert client.get(path, **HOST).status_code == 404


@pytest.mark.parametrize("path", ["/", "/new", "/boards/lobby"])
def test_takes_nothing_but_reads(client, path):
    assert client.post(path, **HOST).status_code == 405


def test_refuses_other_hosts(client):
    assert client.get("/boards/lobby", HTTP_HOST="elsewhere.example").status_code == 400


def test_runs_nothing_from_elsewhere(client):
    answer = client.get("/boards/lobby", **HOST)
    assert answer["Content-Security-Policy"].startswith("default-src 'self';")
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_sends_plain_http_to_https_as_the_router_reports_it(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    answer = client.get("/boards/lobby", **HOST, HTTP_X_FORWARDED_PROTO="http")
    assert (answer.status_code, answer["Location"]) == (301, "https://skechwime.test/boards/lobby")
    answer = client.get("/boards/lobby", **HOST, HTTP_X_FORWARDED_PROTO="https")
    assert (answer.status_code, answer["Strict-Transport-Security"]) == (200, "max-age=60")
