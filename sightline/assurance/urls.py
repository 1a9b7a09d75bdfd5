from django.urls import path

from sightline.assurance.views import audits

urlpatterns = [
    path("file-audits/", audits.file_audits, name="file-audits"),
    path("file-audits/draw/", audits.draw_file, name="file-audit-draw"),
    path("file-audits/new/<int:pk>/", audits.audit_file, name="file-audit-new"),
    path("file-audits/<int:pk>/", audits.file_audit, name="file-audit"),
]
