"""Imported once by the server that the processes of the crash tests are forked from."""

import django

django.setup()
