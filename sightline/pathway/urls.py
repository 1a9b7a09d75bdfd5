from django.urls import path

from sightline.pathway.views.family import person_family
from sightline.pathway.views.joining import person_join
from sightline.pathway.views.links import link_change, person_links
from sightline.pathway.views.parting import person_split
from sightline.pathway.views.person import person
from sightline.pathway.views.telling import may_i_tell
from sightline.pathway.views.worklist import worklist

urlpatterns = [
    path("worklist/", worklist, name="worklist"),
    path("people/<int:pk>/", person, name="person"),
    path("people/<int:pk>/join/", person_join, name="person-join"),
    path("people/<int:pk>/split/", person_split, name="person-split"),
    path("people/<int:pk>/links/", person_links, name="person-links"),
    path("people/changes/<int:pk>/", link_change, name="link-change"),
    path("people/<int:pk>/family/", person_family, name="person-family"),
    path("people/<int:pk>/may-i-tell/", may_i_tell, name="may-i-tell"),
]
