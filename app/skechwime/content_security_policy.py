"""Tells browsers to run, load and connect to nothing but this app."""

from django.utils.decorators import sync_only_middleware

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)


@sync_only_middleware
def content_security_policy_middleware(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return middleware
