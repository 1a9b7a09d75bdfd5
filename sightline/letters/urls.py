from django.urls import path

from sightline.letters.views import letters

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
]
