from django.urls import path

from sightline.accounts.views import again, first, own, provider, second, sign_in, users

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/second/", second.second_factor, name="second-factor"),
    path("sign-in/second/new/", second.new, name="second-factor-new"),
    path("sign-in/second/picture/", second.app_picture, name="authenticator-picture"),
    path("sign-in/codes/", second.recovery_codes, name="recovery-codes"),
    path("sign-in/first/", first.first_sign_in, name="first-sign-in"),
    path("sign-in/first/password/", first.first_password, name="first-password"),
    path("sign-in/agency/", provider.back, name="provider-back"),
    path("sign-in/agency/<int:pk>/", provider.start, name="provider-start"),
    path("sign-in/again/", again.sign_in_again, name="sign-in-again"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("lock/", again.lock_screen, name="lock"),
    path("lock/still-here/", again.still_here, name="still-here"),
    path("locked/", again.locked, name="locked"),
    path("your-sign-in/", own.your_sign_in, name="your-sign-in"),
    path("your-sign-in/password/", own.password, name="your-password"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="user-new"),
    path("users/<int:pk>/", users.user, name="user"),
]
