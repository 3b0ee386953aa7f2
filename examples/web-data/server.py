"""Serve readings.tar, and fail on the way as servers do.

The first request is told to come back later. The second gets half of the file
before the connection breaks. From then on the server does as it should, and
sends the rest of the file to whoever asks for it.
"""

import argparse
import hashlib
import http.server
import re

from readings import archive


class Flaky(http.server.BaseHTTPRequestHandler):
    content = archive()
    etag = '"%s"' % hashlib.sha256(content).hexdigest()[:16]
    requests = 0

    def do_GET(self):
        if self.path != "/readings.tar":
            self.send_error(404)
            return
        Flaky.requests += 1
        if Flaky.requests == 1:
            self.be_busy()
        elif Flaky.requests == 2:
            self.break_off()
        else:
            self.serve()

    def be_busy(self):
        self.send_response(503)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()
        say("503: come back in a second")

    def break_off(self):
        half = len(self.content) // 2
        self.send_whole(self.content[:half])
        say(f"200: broke off after {half} of {len(self.content)} bytes")

    def serve(self):
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        is_same = self.headers.get("If-Range") in (None, self.etag)
        first = int(wanted[1]) if wanted and is_same else 0
        if 0 < first < len(self.content):
            self.send_rest(first)
            say(f"206: sent the rest, from byte {first} on")
        else:
            self.send_whole(self.content)
            say(f"200: sent {len(self.content)} bytes")

    def send_whole(self, sent):
        self.send_response(200)
        self.send_headers(len(self.content))
        self.wfile.write(sent)

    def send_rest(self, first):
        total = len(self.content)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{total - 1}/{total}")
        self.send_headers(total - first)
        self.wfile.write(self.content[first:])

    def send_headers(self, length):
        self.send_header("Content-Length", str(length))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", self.etag)
        self.end_headers()

    def log_message(self, *_):
        pass


def say(text):
    print(text, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8765, help="0 for one that is free")
    args = parser.parse_args()
    with http.server.ThreadingHTTPServer(("127.0.0.1", args.port), Flaky) as server:
        say(f"http://127.0.0.1:{server.server_port}/readings.tar")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
