# SPDX-License-Identifier: MPL-2.0
"""Real programs for the tests: Postfix and Dovecot on loopback, Thunderbird under Xvfb.

``servers.MailWorld`` brings the servers up and down, ``person.Person`` is the
ordinary user on whose behalf clients run, ``thunderbird.Thunderbird`` drives
the real client. ``parts`` says what of all that this machine can do.
"""
