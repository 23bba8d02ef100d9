# SPDX-License-Identifier: MPL-2.0
"""Whether this computer is connected at all, as its own network service says."""

from PySide6.QtCore import QObject, Signal

from clientcfg.model.connection import Connection


class Network(QObject):
    """Follows the connection from when it is first asked for; ``changed`` carries it."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = False
        self._now = Connection.UNKNOWN

    def connection(self) -> Connection:
        """As far as it is known now."""
        self._watch()
        return self._now

    def _watch(self) -> None:
        if self._watched:
            return
        self._watched = True
        # Only where something went wrong: 15 ms.
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415

        if not QNetworkInformation.loadDefaultBackend():
            return
        there = QNetworkInformation.instance()
        there.reachabilityChanged.connect(lambda _now: self._look())
        there.isBehindCaptivePortalChanged.connect(lambda _now: self._look())
        self._look()

    def _look(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - as above

        there = QNetworkInformation.instance()
        kinds = QNetworkInformation.Reachability
        if there.isBehindCaptivePortal():
            self._tell(Connection.LOG_IN)
        elif there.reachability() is kinds.Disconnected:
            self._tell(Connection.OFFLINE)
        elif there.reachability() is kinds.Online:
            self._tell(Connection.ONLINE)
        else:
            self._tell(Connection.UNKNOWN)

    def _tell(self, now: Connection) -> None:
        if now is not self._now:
            self._now = now
            self.changed.emit(now)
