dnl SPDX-License-Identifier: MPL-2.0
dnl What all of the zoo's Sendmails share.
include(`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(`debian')dnl
undefine(`confHOST_STATUS_DIRECTORY')dnl
define(`confPID_FILE', `/run/sendmail.pid')dnl
define(`confDOMAIN_NAME', `mail.zoo.test')dnl
define(`confSERVICE_SWITCH_FILE', `/etc/mail/service.switch')dnl
define(`confDONT_PROBE_INTERFACES', `True')dnl
define(`confTO_IDENT', `0')dnl
define(`confPRIVACY_FLAGS', `authwarnings,goaway,noverb')dnl
define(`confCACERT_PATH', `/etc/world')dnl
define(`confCACERT', `/etc/world/server.pem')dnl
define(`confSERVER_CERT', `/etc/world/server.pem')dnl
define(`confSERVER_KEY', `/etc/world/server.key')dnl
dnl Nothing is sent anywhere: what is accepted stays in the queue.
define(`confDELIVERY_MODE', `queueonly')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`no_default_msa')dnl
LOCAL_DOMAIN(`zoo.test')dnl
dnl
dnl AUTH: MECHANISMS, OPTIONS (A p: no passwords in the clear)
define(`ZOO_AUTH', `define(`confAUTH_MECHANISMS', `$1')dnl
TRUST_AUTH_MECH(`$1')dnl
define(`confAUTH_OPTIONS', `$2')dnl
LOCAL_CONFIG
# Sendmail clears its environment; this is where the SASL library looks.
ESASL_CONF_PATH=/etc/world/sasl
')dnl
dnl
dnl The three doors. The first letter is for port 25, the second for the submission ports:
dnl A: AUTH is not offered, a: it is required, E: no ETRN.
define(`ZOO_DOORS', `DAEMON_OPTIONS(`Name=MTA, Addr=@ADDRESS@, Port=25, Family=inet, M=$1')dnl
DAEMON_OPTIONS(`Name=MSA, Addr=@ADDRESS@, Port=587, Family=inet, M=$2')dnl
DAEMON_OPTIONS(`Name=MSAS, Addr=@ADDRESS@, Port=465, Family=inet, M=s$2')dnl
')dnl
dnl
dnl POP before SMTP: who read mail a moment ago is in the map.
define(`ZOO_POP_BEFORE_SMTP', `LOCAL_CONFIG
Krelayers hash -o /etc/mail/relayers
LOCAL_RULESETS
SLocal_check_rcpt
R$`'*			$: <$(relayers $&{client_addr} $: ? $)>
R<?>			$@ nothing known of this address
R<$`'+>			$`'# OK
')dnl
