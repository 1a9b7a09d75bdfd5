import pytest
from sightline.access.models import Agency
@pytest.mark.django_db
def test_db():
    from django.db import connection
    with connection.cursor() as c:
        c.execute("select current_user"); assert c.fetchone()[0]=="sightline_app"
    Agency.objects.create(name="x", kind="police")
