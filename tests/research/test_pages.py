"""The pages of asking agencies, as each who uses them sees them."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_pages(client, research, world):
    from pathlib import Path
    out = Path("/tmp/pagesB"); out.mkdir(exist_ok=True)
    req = research.request("health_visiting")
    def get(user, name, *args, q=""):
        client.force_login(user)
        r = client.get(reverse(name, args=args) + q)
        assert r.status_code == 200, (name, r.status_code)
        (out / f"{name}{q.replace('?','-').replace('=','')}.html").write_text(r.content.decode())
        return r
    h, a = world.user("health"), world.user("administrator")
    get(h, "research-list"); get(h, "research-list", q="?names=yes"); get(h, "research-request", req.pk); get(h, "research-paper"); get(h, "cover")
    get(a, "research-chase"); get(a, "research-chase-one", req.pk); get(a, "research-ask", req.incident_id); get(a, "research-chase-paper", req.pk)
    client.force_login(h)
    r = client.post(reverse("research-nothing"), {"request": [req.pk]})
    assert r.status_code == 200
    (out / "research-nothing.html").write_text(r.content.decode())
