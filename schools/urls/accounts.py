"""Signing in, one's own account, roles and codes of an organisation."""

from django.urls import path

from schools.views import access, accounts, profile

urlpatterns = [
    path("accounts/login/", accounts.login, name="login"),
    path("accounts/logout/", accounts.logout, name="logout"),
    path("accounts/password/", accounts.password_change, name="password-change"),
    path("accounts/reset/", accounts.password_reset, name="password-reset"),
    path("accounts/reset/sent/", accounts.password_reset_sent, name="password-reset-sent"),
    path(
        "accounts/reset/<str:uid>/<str:token>/",
        accounts.password_reset_confirm,
        name="password-reset-confirm",
    ),
    path("accounts/code/", accounts.code_enter, name="code-enter"),
    path("accounts/code/<str:code>/", accounts.code_use, name="code-use"),
    path("accounts/profile/", profile.profile, name="profile"),
    path("accounts/profile/contacts/", profile.profile_contacts, name="profile-contacts"),
    path("accounts/profile/email/", profile.profile_email, name="profile-email"),
    path("accounts/profile/devices/<int:pk>/end/", profile.device_end, name="device-end"),
    path(
        "accounts/profile/sign-out-everywhere/",
        profile.profile_sign_out_everywhere,
        name="profile-sign-out-everywhere",
    ),
    path("access/", access.access_list, name="access-list"),
    path("access/<int:pk>/", access.access_school, name="access-school"),
    path("access/<int:pk>/curator/", access.role_give, name="role-give"),
    path("access/<int:pk>/hand-over/", access.access_hand_over, name="access-hand-over"),
    path(
        "access/<int:pk>/hand-over/cancel/",
        access.access_cancel_hand_over,
        name="access-cancel-hand-over",
    ),
    path("access/<int:pk>/director/", access.access_name_director, name="access-name-director"),
    path("access/<int:pk>/codes/", access.code_issue, name="code-issue"),
    path("access/<int:pk>/unlock/<int:person_pk>/", access.access_unlock, name="access-unlock"),
    path("access/role/<int:pk>/end/", access.role_end, name="role-end"),
    path("access/role/<int:pk>/deputise/", access.role_deputise, name="role-deputise"),
]
