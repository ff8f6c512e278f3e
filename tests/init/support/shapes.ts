/** Files of a small Django project named `shop`, whose settings read what these lines say. */
export const django = (settings: string, urls = 'path("", home),', folder = ""): Record<string, string> => ({
  [`${folder}manage.py`]: 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  [`${folder}shop/settings.py`]: `import os\n${settings}\nROOT_URLCONF = "shop.urls"\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
  [`${folder}shop/urls.py`]: `urlpatterns = [\n    path("admin/", admin.site.urls),\n    ${urls}\n]\n`,
  [`${folder}shop/wsgi.py`]: "application = get_wsgi_application()\n",
});

/** A Dockerfile of Python that copies everything and ends with these lines. */
export const dockerfile = (...lines: string[]): string =>
  ["FROM python:3.12-slim", "WORKDIR /app", "COPY . .", ...lines, ""].join("\n");
