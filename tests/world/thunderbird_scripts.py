# SPDX-License-Identifier: MPL-2.0
"""What the driver asks of Thunderbird, in Thunderbird's own words (bodies of async functions)."""

_WAIT = """
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
const until = async look => {
  for (;;) {
    const found = look();
    if (found) { return found; }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};
"""

#: to, subject, body → true once the message is out and the window has closed itself.
SEND = f"""{_WAIT}
const [to, subject, body] = args;
const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
  .createInstance(Ci.nsIMsgCompFields);
fields.to = to;
fields.subject = subject;
fields.body = body;
const params = Cc["@mozilla.org/messengercompose/composeparams;1"]
  .createInstance(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.format = Ci.nsIMsgCompFormat.PlainText;
params.identity = MailServices.accounts.defaultAccount.defaultIdentity;
MailServices.compose.OpenComposeWindowWithParams(null, params);
const compose = await until(() => Services.wm.getMostRecentWindow("msgcompose"));
await until(() => compose.composeEditorReady);
compose.goDoCommand("cmd_sendNow");
return until(() => compose.closed);
"""

#: user → the URI of this user's inbox, once it is open in the main window.
OPEN_INBOX = f"""{_WAIT}
const [user] = args;
const main = Services.wm.getMostRecentWindow("mail:3pane");
const server = MailServices.accounts.allServers.find(
  one => one.username == user && ["imap", "pop3"].includes(one.type));
if (!server) {{ throw new Error(`no account of ${{user}}`); }}
const inbox = await until(
  () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
const tab = main.document.getElementById("tabmail");
const pane = await until(() => tab.currentAbout3Pane);
await until(() => pane.displayFolder);
pane.displayFolder(inbox);
return (await until(() => pane.gFolder == inbox && inbox)).URI;
"""

#: URI → subjects in this folder, after asking the server for new mail.
SUBJECTS = """
const folder = MailServices.folderLookup.getFolderForURL(args[0]);
folder.getNewMessages(Services.wm.getMostRecentWindow("mail:3pane").msgWindow, null);
return [...folder.messages].map(message => message.mime2DecodedSubject);
"""

#: host, port, PEM → true once the exception is written to the profile.
EXCEPT_CERTIFICATE = f"""{_WAIT}
const [host, port, pem] = args;
const base64 = pem.replace(/-----[^-]*-----/g, "").replace(/\\s/g, "");
const overrides = Cc["@mozilla.org/security/certoverride;1"]
  .getService(Ci.nsICertOverrideService);
const certificate = Cc["@mozilla.org/security/x509certdb;1"]
  .getService(Ci.nsIX509CertDB).constructX509FromBase64(base64);
overrides.rememberValidityOverride(host, port, {{}}, certificate, false);
const file = PathUtils.join(PathUtils.profileDir, "cert_override.txt");
for (;;) {{
  if ((await IOUtils.readUTF8(file)).includes(`${{host}}:${{port}}:`)) {{ return true; }}
  await new Promise(resolve => Services.tm.dispatchToMainThread(resolve));
}}
"""

#: → titles of dialogs: windows that are neither main nor compose, and the account hub.
DIALOGS = """
const known = ["mail:3pane", "msgcompose"];
const found = [];
for (const window of Services.wm.getEnumerator(null)) {
  const kind = window.document.documentElement.getAttribute("windowtype");
  if (!known.includes(kind)) { found.push(window.document.title || window.location.href); }
  for (const inside of window.document.querySelectorAll("dialog[open]")) {
    found.push(inside.id || inside.className);
  }
  const hub = window.document.querySelector("account-hub-container");
  if (hub?.shadowRoot?.querySelector("dialog[open]")) { found.push("account hub"); }
}
return found;
"""

#: address → where its own account set-up found servers, and what: as JSON.
FIND_SERVERS = """
const { FindConfig } = ChromeUtils.importESModule(
  "resource:///modules/accountcreation/FindConfig.sys.mjs");
const [address] = args;
const found = FindConfig.parallelAutoDiscovery(
  address.split("@")[1], address, new AbortController().signal);
const { value } = await found.next();
return { source: value.subSource, id: value.id, incoming: value.incoming, outgoing: value.outgoing,
  others: [value.incomingAlternatives.length, value.outgoingAlternatives.length] };
"""

#: address, name → true once its own account set-up has made the account, from the files beside it.
SET_UP = """
const load = name => ChromeUtils.importESModule(`resource:///modules/accountcreation/${name}.sys.mjs`);
const { AccountConfig } = load("AccountConfig"), { FetchConfig } = load("FetchConfig");
const { CreateInBackend } = load("CreateInBackend");
const [address, name] = args;
const found = await FetchConfig.fromDisk(address.split("@")[1], new AbortController().signal);
AccountConfig.replaceVariables(found, name, address, "");
await CreateInBackend.createAccountInBackend(found);
return true;
"""

#: → the texts of the QR codes with which it hands its accounts to a phone, without passwords.
QR_CODES = """
const { QRExport } = ChromeUtils.importESModule("moz-src:///comm/mail/modules/QRExport.sys.mjs");
const texts = [], keys = QRExport.getEligibleAccounts().map(one => one.key);
const draw = QRExport.renderQR;
QRExport.renderQR = text => texts.push(text);
await QRExport.getQRCodes(keys, false);
QRExport.renderQR = draw;
return texts;
"""

#: → the directory of the profile in use.
PROFILE = """return Services.dirsvc.get("ProfD", Ci.nsIFile).path;"""

#: pref name → its value, or null.
PREF = """
const [name] = args, kind = Services.prefs.getPrefType(name);
return kind == Services.prefs.PREF_STRING ? Services.prefs.getStringPref(name)
  : kind == Services.prefs.PREF_INT ? Services.prefs.getIntPref(name)
  : kind == Services.prefs.PREF_BOOL ? Services.prefs.getBoolPref(name) : null;
"""

#: pref name, text → true once it is the user's own value.
SET_PREF = """
Services.prefs.setStringPref(...args);
return true;
"""

#: → users of incoming servers other than Local Folders, and user@host of outgoing ones.
ACCOUNTS = """
return {
  incoming: MailServices.accounts.allServers
    .filter(one => one.type != "none").map(one => `${one.type}://${one.username}@${one.hostname}`),
  outgoing: [...MailServices.outgoingServer.servers].map(one => one.serverURI.spec),
};
"""
