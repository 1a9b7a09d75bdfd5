"""Web and worker act as a role that owns nothing and cannot get round row-level security."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from sightline.config import database
from sightline.config.postgres import cluster, roles
from sightline.config.postgres.problems import (
    MissingRole,
    ServerTooOld,
    Unreachable,
    UnsafeRole,
)

OTHER_LOGINS = ("plain", "maker", "member", "strong", "office")


@pytest.fixture(scope="module")
def socket():
    """A PostgreSQL server without any role of ours, as an administrator would offer it."""
    folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    yield cluster.start(folder / "data", durable=False)
    cluster.leave(folder / "data")
    shutil.rmtree(folder)


@pytest.fixture
def admin(socket):
    """The administrator's connection; what a test made is gone afterwards."""
    url = f"postgresql://postgres@{str(socket).replace('/', '%2F')}/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
        made = [*OTHER_LOGINS, roles.APP_ROLE]
        found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [made])
        for (name,) in found.fetchall():
            connection.execute(f"DROP OWNED BY {name} CASCADE")
            connection.execute(f"DROP ROLE {name}")


@pytest.fixture
def url(socket):
    return lambda role: f"postgresql://{role}@{str(socket).replace('/', '%2F')}/postgres"


@pytest.fixture
def maker(admin, url):
    """The owner of an installation: may create roles, is no superuser."""
    admin.execute("CREATE ROLE maker LOGIN CREATEROLE")
    admin.execute("GRANT CREATE ON SCHEMA public TO maker")
    return url("maker")


def attributes(connection) -> tuple:
    return connection.execute(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles"
        " WHERE rolname = 'sightline_app'"
    ).fetchone()


def test_the_app_role_has_no_special_rights(admin, maker):
    roles.ensure_roles(maker)
    assert attributes(admin) == (False, False, False, False, False)


def test_the_app_role_signs_in_by_itself_only_on_the_embedded_server(admin, maker):
    roles.ensure_roles(maker, login=True)
    assert attributes(admin) == (False, False, False, False, True)


def test_ensuring_the_roles_again_changes_nothing(admin, maker):
    roles.ensure_roles(maker)
    roles.ensure_roles(maker, login=True)
    assert attributes(admin)[-1] is False


def test_processes_may_ensure_the_roles_at_once(admin, maker):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: roles.ensure_roles(maker), range(8)))
    assert attributes(admin)


def test_the_embedded_app_role_owns_nothing_and_sees_no_row_that_no_policy_shows(data):
    reached = database.connections(data, durable=False)
    with psycopg.connect(reached.owner) as owner:
        owner.execute("CREATE TABLE secrets (line text)")
        owner.execute("INSERT INTO secrets VALUES ('kept from you')")
        owner.execute("ALTER TABLE secrets ENABLE ROW LEVEL SECURITY")
        owner.execute("GRANT SELECT ON secrets TO sightline_app")
    with psycopg.connect(reached.app) as app:
        assert app.execute("SELECT * FROM secrets").fetchall() == []
        assert app.execute("SELECT current_user").fetchone() == ("sightline_app",)
    found = roles.rights(reached.app)
    assert found.problems == []
    assert not found.one_login
    assert reached.embedded


def test_the_embedded_owner_is_no_superuser_either(data):
    found = roles.rights(database.connections(data, durable=False).owner)
    assert (found.superuser, found.bypasses_rls) == (False, False)


def test_with_one_login_the_process_drops_its_rights_at_once(maker, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", maker)
    reached = database.connections()
    assert reached.owner == maker
    assert not reached.embedded
    found = roles.rights(reached.app)
    assert (found.role, found.login, found.one_login) == ("sightline_app", "maker", True)


def test_with_one_login_what_the_owner_owns_stays_behind_row_level_security(maker, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", maker)
    reached = database.connections()
    with psycopg.connect(reached.owner) as owner:
        owner.execute("CREATE TABLE guarded (line text)")
        owner.execute("INSERT INTO guarded VALUES ('kept from you')")
        owner.execute("ALTER TABLE guarded ENABLE ROW LEVEL SECURITY")
        owner.execute("GRANT SELECT ON guarded TO sightline_app")
    with psycopg.connect(reached.app) as app:
        app.execute("RESET ROLE")
        assert app.execute("SELECT * FROM guarded").fetchall() == []


def test_a_superuser_as_the_one_login_drops_its_rights_too(admin, url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url("postgres"))
    assert roles.rights(database.connections().app).problems == []


def test_options_already_in_the_url_are_kept(maker, monkeypatch):
    given = f"{maker}?application_name=a+b&options=-c%20work_mem%3D8MB"
    monkeypatch.setenv("DATABASE_URL", given)
    app = database.connections().app
    with psycopg.connect(app) as connection:
        assert connection.execute("SHOW work_mem").fetchone() == ("8MB",)
        assert connection.execute("SELECT current_user").fetchone() == ("sightline_app",)
    assert "application_name=a+b&" in app
    assert dj_database_url.parse(app)["OPTIONS"]["options"] == (
        "-c work_mem=8MB -c role=sightline_app"
    )


def test_two_logins_are_taken_as_they_are(admin, maker, url, monkeypatch):
    roles.ensure_roles(maker)
    admin.execute("CREATE ROLE member LOGIN IN ROLE sightline_app")
    monkeypatch.setenv("DATABASE_URL", url("member"))
    monkeypatch.setenv("DATABASE_OWNER_URL", maker)
    reached = database.connections()
    assert (reached.owner, reached.app) == (maker, url("member"))


def test_web_needs_no_owner_when_its_login_is_a_member_of_the_app_role(
    admin, maker, url, monkeypatch
):
    roles.ensure_roles(maker)
    admin.execute("CREATE ROLE member LOGIN IN ROLE sightline_app")
    monkeypatch.setenv("DATABASE_URL", url("member"))
    assert roles.rights(database.connections().app).role == "sightline_app"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ("LOGIN BYPASSRLS IN ROLE sightline_app", "may bypass row-level security"),
        ("LOGIN SUPERUSER", "is a superuser"),
        ("LOGIN CREATEDB IN ROLE sightline_app", "may create databases"),
        ("LOGIN CREATEROLE IN ROLE sightline_app", "may create roles"),
        ("LOGIN", 'GRANT sightline_app TO "strong"'),
    ],
)
def test_a_login_for_web_that_could_get_round_the_wall_is_refused(
    admin, maker, url, monkeypatch, made, why
):
    roles.ensure_roles(maker)
    admin.execute(f"CREATE ROLE strong {made}")
    monkeypatch.setenv("DATABASE_URL", url("strong"))
    monkeypatch.setenv("DATABASE_OWNER_URL", maker)
    with pytest.raises(UnsafeRole) as told:
        database.connections()
    assert why in str(told.value)


def test_a_login_for_web_that_can_become_somebody_stronger_is_refused(
    admin, maker, url, monkeypatch
):
    roles.ensure_roles(maker)
    admin.execute("CREATE ROLE office BYPASSRLS")
    admin.execute("CREATE ROLE strong LOGIN IN ROLE sightline_app, office")
    monkeypatch.setenv("DATABASE_URL", url("strong"))
    monkeypatch.setenv("DATABASE_OWNER_URL", maker)
    with pytest.raises(UnsafeRole, match="is a member of office"):
        database.connections()


def test_a_login_for_web_that_owns_a_table_is_refused(admin, maker, url, monkeypatch):
    roles.ensure_roles(maker)
    admin.execute("CREATE ROLE strong LOGIN IN ROLE sightline_app")
    admin.execute("CREATE TABLE its_own ()")
    admin.execute("ALTER TABLE its_own OWNER TO strong")
    monkeypatch.setenv("DATABASE_URL", url("strong"))
    monkeypatch.setenv("DATABASE_OWNER_URL", maker)
    with pytest.raises(UnsafeRole, match="owns something"):
        database.connections()


def sql_told(problem: MissingRole) -> list[str]:
    return [line.strip() for line in str(problem).splitlines() if line.startswith("  ")]


def test_an_owner_who_may_not_create_roles_is_told_sql_that_works(admin, url, monkeypatch):
    admin.execute("CREATE ROLE plain LOGIN")
    monkeypatch.setenv("DATABASE_URL", url("plain"))
    with pytest.raises(MissingRole) as told:
        database.connections()
    for statement in sql_told(told.value):
        admin.execute(statement)
    assert roles.rights(database.connections().app).problems == []


def test_an_owner_who_may_not_act_as_the_app_role_is_told_so(admin, url, monkeypatch):
    admin.execute("CREATE ROLE sightline_app")
    admin.execute("CREATE ROLE plain LOGIN")
    monkeypatch.setenv("DATABASE_URL", url("plain"))
    with pytest.raises(MissingRole, match='GRANT sightline_app TO "plain"'):
        database.connections()


def test_an_old_server_is_refused_by_its_version(admin, url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url("postgres"))
    monkeypatch.setattr(roles, "OLDEST", 19_00_00)
    with pytest.raises(ServerTooOld, match="is PostgreSQL 18; Sightline needs 19"):
        database.connections()


def test_a_server_that_does_not_answer_is_reported_without_the_password(place, monkeypatch):
    nowhere = str(place).replace("/", "%2F")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://somebody:hush@{nowhere}/x")
    with pytest.raises(Unreachable) as told:
        database.connections()
    assert "hush" not in str(told.value)


@pytest.mark.parametrize("url", ["sqlite:////tmp/x.db", "postgresql://x:hush%@h/x", "host=h"])
def test_another_kind_of_database_or_an_unreadable_url_is_refused(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Unreachable, match="begin with postgresql://") as told:
        database.connections()
    assert "hush" not in str(told.value)


def test_with_a_given_server_there_is_nothing_to_keep_running(new, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@%2Fnowhere/x")
    database.keep_running(new)
    assert not new.exists()


def test_the_urls_mean_the_same_to_django(data):
    reached = database.connections(data, name="a b/c", durable=False)
    parsed = dj_database_url.parse(reached.app)
    assert (parsed["HOST"], parsed["USER"], parsed["NAME"]) == (
        str(cluster.Place(data).socket),
        "sightline_app",
        "a b/c",
    )
    with psycopg.connect(reached.app) as connection:
        assert connection.info.dbname == "a b/c"
