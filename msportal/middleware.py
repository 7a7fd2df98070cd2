"""Security headers on every answer, those that refuse a request included."""

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(),"
    " midi=(), payment=(), usb=()"
)


class SecurityHeaders(SecurityMiddleware):
    """Outermost, and adds headers only.

    Django's own middleware, further in, may refuse a host or redirect to HTTPS; what it answers
    then has passed none of the middleware after it.
    """

    def process_request(self, request: HttpRequest) -> None:
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
