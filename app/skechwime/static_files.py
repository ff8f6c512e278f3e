"""Static files: stored under names with a hash, served by WhiteNoise."""

from django.http import HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashes the names in JavaScript's import statements too, so that a module is never older than its importer."""

    support_js_module_import_aggregation = True


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Answers with the whole file at once: Django cannot stream WhiteNoise's synchronous files under ASGI."""

    @staticmethod
    def serve(static_file, request):
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file:
                content = found.file.read()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response
