from django.urls import path

from sightline.vault.views.alarms import vault_alarm, vault_alarms, vault_looks
from sightline.vault.views.safe import (
    keep_safe_address,
    keep_safe_contact,
    safe_agency,
    safe_contact,
    safe_end,
)

urlpatterns = [
    path("people/<int:pk>/safe/", safe_contact, name="safe-contact"),
    path("people/<int:pk>/safe/contact/", keep_safe_contact, name="safe-contact-keep"),
    path("people/<int:pk>/safe/address/", keep_safe_address, name="safe-address-keep"),
    path("people/<int:pk>/safe/agency/", safe_agency, name="safe-agency"),
    path("people/<int:pk>/safe/end/", safe_end, name="safe-end"),
    path("alarms/looks/", vault_looks, name="vault-looks"),
    path("alarms/", vault_alarms, name="vault-alarms"),
    path("alarms/<int:pk>/", vault_alarm, name="vault-alarm"),
]
