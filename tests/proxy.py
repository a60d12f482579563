"""A line between browser and server that a test can cut: a TCP proxy in a thread."""

import socket
import threading
from contextlib import suppress


class Line:
    """Carries what comes to `port` on to another port, until it is cut."""

    def __init__(self, target: int, port: int = 0) -> None:
        self.target = target
        self.port = port
        self.ends: list[socket.socket] = []
        self.listener: socket.socket | None = None
        self.mend()

    @property
    def base_url(self) -> str:
        """The server's address on this line."""
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        """Take connections, on the same port as before."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        """Break all connections at once; new ones are taken."""
        while self.ends:
            end = self.ends.pop()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def down(self) -> None:
        """Break all connections and take no new ones until it is mended."""
        if self.listener is not None:
            with suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        self.cut()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:  # the server is away; the line is not
                near.close()
                continue
            self.ends += [near, far]
            if self.listener is not listener:
                self.cut()
                return
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while words := source.recv(65536):
                sink.sendall(words)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
