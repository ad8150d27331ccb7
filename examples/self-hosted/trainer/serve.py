"""Serves what train.py made, OpenAI-compatibly: `serve.py <jobs folder>/models --port 7464`.

A model is a folder below that one, found by its name when it is first asked for. Python's own HTTP server; one answer
at a time.
"""

import argparse
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import torch

import model as own

NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,127}$")
LONGEST_BODY = 4 * 1024 * 1024


class Models:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.loaded = {}
        self.turn = threading.Lock()

    def names(self):
        if not self.folder.is_dir():
            return []
        return sorted(each.name for each in self.folder.iterdir() if (each / "model.safetensors").is_file())

    def answer(self, name, text):
        with self.turn:
            if name not in self.loaded:
                self.loaded[name] = own.load(self.folder / name)
            model, vocabulary, answers = self.loaded[name]
            return own.answer(model, vocabulary, answers, text)


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    models = None

    def do_GET(self):
        self.reply(self.list_models if self.path == "/v1/models" else self.not_here)

    def do_POST(self):
        self.reply(self.complete if self.path == "/v1/chat/completions" else self.not_here)

    def reply(self, make):
        try:
            status, body = 200, make()
        except Refused as refused:
            kind = "not_found_error" if refused.status == 404 else "invalid_request_error"
            status, body = refused.status, {"error": {"message": str(refused), "type": kind}}
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def not_here(self):
        raise Refused(404, "There are /v1/models and /v1/chat/completions.")

    def list_models(self):
        return {"object": "list", "data": [{"id": name, "object": "model"} for name in self.models.names()]}

    def complete(self):
        length = int(self.headers.get("content-length") or 0)
        if length > LONGEST_BODY:
            raise Refused(413, "The request is too large.")
        try:
            asked = json.loads(self.rfile.read(length))
            name, messages = asked["model"], asked["messages"]
            text = "\n".join(str(each["content"]) for each in messages)
        except (ValueError, KeyError, TypeError):
            raise Refused(400, "Send a JSON object with model and messages.") from None
        if asked.get("stream"):
            raise Refused(400, "Answers are not streamed.")
        if not isinstance(name, str) or not NAME.match(name) or name not in self.models.names():
            raise Refused(404, f"There is no model {name!r}.")
        content, read, written = self.models.answer(name, text)
        return {
            "id": f"chatcmpl-{time.time_ns()}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": name,
            "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
        }

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("folder", help="where a folder for each model stands")
    options.add_argument("--port", type=int, default=7464)
    given = options.parse_args()
    torch.set_num_threads(1)
    Handler.models = Models(given.folder)
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Handler)
    print(f"ready at http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()


main()
