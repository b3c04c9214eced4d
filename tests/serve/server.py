# SPDX-License-Identifier: Apache-2.0
"""What the tests of the server share: a record, a running `annals serve`, requests, and a list of what failed."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("SOURCE_DIR", os.path.join(HERE, "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
failures = []


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what, flush=True)
    return right


def end():
    print(f"{len(failures)} failed" if failures else "all well")
    sys.exit(1 if failures else 0)


def build(record, *pages, options=()):
    done = subprocess.run([ANNALS, "build", "-q", *options, *pages, "-o", record], capture_output=True, env=ENVIRONMENT, timeout=240)
    assert done.returncode in (0, 1), done.stderr.decode()


def exported(record, name):
    """The lines of an export."""
    return subprocess.run([ANNALS, "export", record, "--format", name], capture_output=True, env=ENVIRONMENT, timeout=240, check=True).stdout.decode().split("\n")[:-1]


class Reply:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    def __init__(self, record, *options):
        self.process = subprocess.Popen([ANNALS, "serve", record, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
                                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, (line, self.process.stderr.read().decode())
        self.port = int(found.group(1))

    def get(self, path, method="GET", headers=None, host=None):
        """One request as it stands: nothing is encoded for you."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        reply = Reply(connection.getresponse())
        connection.close()
        return reply

    def json(self, path, status=200):
        reply = self.get(path)
        check(reply.status == status, f"{path}: status {reply.status}, not {status}: {reply.body[:300]!r}")
        return reply.json

    def raw(self, data, timeout=15):
        """Bytes out, and all that comes back until the other side ends it."""
        got = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            try:
                s.sendall(data)
                while chunk := s.recv(65536):
                    got += chunk
            except OSError:
                pass
        return got

    def memory_mib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return max(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

    def stop(self, number=signal.SIGINT):
        """Ends it as Ctrl-C does; its exit status and what it wrote to standard error."""
        self.process.send_signal(number)
        try:
            _, said = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None, b""
        return self.process.returncode, said

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        if self.process.poll() is None:
            code, said = self.stop()
            check(code == 0, f"the server ended with {code}: {said.decode(errors='replace')[:2000]}")
        else:
            check(self.process.returncode == 0, f"the server ended by itself: {self.process.returncode} {self.process.stderr.read()[:2000]!r}")
