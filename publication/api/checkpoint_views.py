"""Where the log stands, signed: kept by anybody, it tells later whether the log was changed."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication import log_key, signed_heads
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.negotiation import NOTE
from publication.log_key import NoLogKey
from publication.notes import Signer


class LogKeySerializer(serializers.Serializer[Any]):
    """The public half of the key that signs the head of the log."""

    log = serializers.CharField(help_text="What the log is called in what is signed.")
    key = serializers.CharField(
        help_text="The key to verify with, as C2SP signed-note writes it: name, id in hexadecimal "
        "digits and, in base64, the byte 1 and the Ed25519 key. Keep it from a day on which you "
        "trust the site."
    )


class SignedViewSet(PublicViewSet):
    """What there is only where the site has a key."""

    more_statuses = (404,)
    of_the_log = False

    @cached_property
    def signer(self) -> Signer:
        """Its file is read once a request; ``NotFound`` where there is none."""
        try:
            return log_key.signer()
        except NoLogKey as problem:
            raise NotFound("This site has no key, and does not sign the head of its log.") from (
                problem
            )

    @property
    def etag(self) -> str:
        """Of what was signed by another key too."""
        try:
            return self.tag_of(str(self.newest), f"{self.anchor.hash} {self.signer.verifier}")
        except NotFound:
            return self.tag_of("none", "")


class CheckpointViewSet(SignedViewSet):
    tag = "checkpoint"
    offers = {"retrieve": (NOTE,)}
    serializer_class = serializers.Serializer

    @extend_schema(
        responses={(200, "text/plain"): OpenApiResponse(OpenApiTypes.STR, "A signed note (C2SP).")}
    )
    def retrieve(self, request: Request) -> HttpResponse:
        """Read where the log stands, signed by the site.

        A signed note in the form of C2SP tlog-checkpoint: the log's name, the number of its newest
        entry, the entry's hash (64 hexadecimal digits: the SHA-256 of its envelope, which names the
        hash of the entry before; no Merkle tree head), a line `at` with the entry's time, an empty
        line, and the signature. An empty log has the number 0, the hash of 64 zeros and no time.
        """
        return self.told(signed_heads.signed(self.signer, self.anchor, self.anchor.at))


class LogKeyViewSet(SignedViewSet):
    tag = "log_key"
    serializer_class = LogKeySerializer

    def retrieve(self, request: Request) -> Response:
        """Read the key that checkpoints are verified with."""
        verifier = self.signer.verifier
        return self.single(parts.write({"log": verifier.name, "key": str(verifier)}))
