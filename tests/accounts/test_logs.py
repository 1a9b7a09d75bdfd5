"""What a log line says of somebody who signs in."""

from sightline.config.logs import no_query


def test_codes_of_an_agencys_sign_in_are_not_logged():
    line = {"request": "GET /sign-in/agency/?code=abc&state=def", "event": "request_started"}
    assert no_query(None, "info", line)["request"] == "GET /sign-in/agency/"


def test_the_log_of_a_request_leaves_the_query_out(client, db, caplog):
    client.get("/sign-in/agency/?code=abcdefgh&state=x")
    said = str([line.msg for line in caplog.records])
    assert "/sign-in/agency/" in said
    assert "abcdefgh" not in said
