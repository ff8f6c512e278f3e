import { initialised } from "./support/project-folder";
import { django, dockerfile } from "./support/shapes";

describe("Stack files of Django projects", () => {
  it("makes one image with web and release of a Django project with one Dockerfile", () => {
    const { config, text, todos } = initialised({
      Dockerfile: dockerfile('CMD ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8000"]'),
      "requirements.txt": "django\ngunicorn\npsycopg\nwhitenoise\ndj-database-url\n",
      ...django(
        [
          'SECRET_KEY = os.environ["SECRET_KEY"]',
          'DEBUG = os.getenv("DEBUG", "True") == "True"',
          'ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "").split(" ")',
          'DATABASES = {"default": dj_database_url.config()}',
        ].join("\n"),
        'path("healthz/", ok),\n    path("", home),',
      ),
    });

    expect(config).toEqual({
      build: { context: "../shop", dockerfile: "Dockerfile" },
      processTypes: {
        web: { command: "gunicorn shop.wsgi --bind 0.0.0.0:$PORT", size: "basic", quantity: 1 },
        release: { command: "python manage.py migrate --noinput" },
      },
      postgres: { plan: "essential-0" },
      backup: { hour: 3, timezone: "UTC" },
      healthPath: "/healthz/",
      hostsVars: { ALLOWED_HOSTS: "space" },
      configVars: { DEBUG: "False" },
      generatedSecrets: ["SECRET_KEY"],
      protect: "false",
    });
    expect(text).toContain("# guess: shop/urls.py:3 is a health route by its name.\n  skechwime:healthPath: /healthz/");
    expect(todos).toBe("");
  });

  it("leaves a command alone that reads PORT, and adds worker and beat of a Celery project", () => {
    const { config } = initialised({
      Dockerfile: dockerfile("CMD gunicorn shop.wsgi --bind 0.0.0.0:$PORT"),
      "requirements.txt": "django\ngunicorn\ncelery[redis]\n",
      "docker-compose.yml": "services:\n  cache:\n    image: redis:7\n",
      ...django('CELERY_BROKER_URL = os.getenv("CELERY_BROKER_URL", "redis://localhost")'),
      "shop/celery.py": 'app = Celery("shop")\napp.conf.beat_schedule = {}\n',
    });
    const exports =
      'export CELERY_BROKER_URL="$REDIS_URL?ssl_cert_reqs=none"; exec gunicorn shop.wsgi --bind 0.0.0.0:$PORT';

    expect(config.redis).toEqual({ plan: "mini" });
    expect(config).not.toHaveProperty("postgres");
    expect(config).not.toHaveProperty("backup");
    expect(config.processTypes).toMatchObject({
      web: { command: exports },
      worker: { command: expect.stringMatching(/; exec celery -A shop worker --loglevel INFO --concurrency 2$/) },
      beat: {
        command: expect.stringMatching(/celery -A shop beat --loglevel INFO --schedule \/tmp\/celerybeat-schedule$/),
      },
    });
  });

  it("serves Channels by daphne where the image has no command of its own", () => {
    const { config } = initialised({
      Dockerfile: dockerfile(),
      "pyproject.toml": '[project]\ndependencies = ["django", "channels", "daphne>=4"]\n',
      ...django('ASGI_APPLICATION = "shop.asgi.application"'),
      "shop/asgi.py": "application = ProtocolTypeRouter({})\n",
    });

    expect(config.processTypes).toMatchObject({
      web: { command: "daphne shop.asgi:application --bind 0.0.0.0 --port $PORT" },
    });
  });

  it("runs a fresh project from a copy that its dyno may write, and lists what its settings lack for Heroku", () => {
    const { config, todos } = initialised({
      Dockerfile: dockerfile('CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]'),
      ...django(
        'SECRET_KEY = "insecure"\nDEBUG = True\nALLOWED_HOSTS = []\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}',
        "",
      ),
    });

    expect(config.processTypes).toMatchObject({
      web: {
        command:
          "cp -r . /tmp/app && cd /tmp/app && python manage.py migrate --noinput && " +
          "exec python manage.py runserver 0.0.0.0:$PORT",
      },
    });
    expect(config.processTypes).not.toHaveProperty("release");
    expect(config.healthPath).toBe("/");
    for (const problem of [
      "shop/settings.py:2 holds the SECRET_KEY",
      "shop/settings.py:3 turns debug",
      "shop/settings.py:4 allows []",
      "SQLite",
    ]) {
      expect(todos).toContain(problem);
    }
  });

  it("follows settings to the modules that they take everything from", () => {
    const { config } = initialised({
      Dockerfile: dockerfile("CMD gunicorn shop.wsgi --bind :$PORT"),
      "requirements.txt": "psycopg\n",
      "manage.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\n',
      "shop/settings/dev.py": "",
      "shop/settings/production.py": "from django.core import (\n    checks,\n)\nfrom .base import *\n",
      "shop/settings/base.py": [
        'SHOP_ENGINE = os.getenv("SHOP_ENGINE", "sqlite")',
        'SHOP_HOST = os.getenv("SHOP_HOST")',
        'if SHOP_ENGINE == "postgres":',
        '    default = {"ENGINE": "django.db.backends.postgresql", "HOST": SHOP_HOST}',
        "",
      ].join("\n"),
    });

    expect(config.configVars).toEqual({ DJANGO_SETTINGS_MODULE: "shop.settings.production", SHOP_ENGINE: "postgres" });
    expect(config.processTypes).toMatchObject({ web: { command: expect.stringContaining('export SHOP_HOST="') } });
  });

  it("runs no command besides an entrypoint that takes none, and says so", () => {
    const { config, todos } = initialised({
      Dockerfile: dockerfile('ENTRYPOINT ["gunicorn"]', 'CMD ["shop.wsgi", "-b", "0.0.0.0:8000"]'),
      "requirements.txt": "gunicorn\npsycopg\n",
      ...django('DATABASES = {"default": dj_database_url.config()}'),
    });

    expect(config.processTypes).toEqual({ web: { size: "basic", quantity: 1 } });
    expect(todos).toContain('Dockerfile:4 runs "gunicorn shop.wsgi -b 0.0.0.0:8000", which was not seen to read PORT');
    expect(todos).toContain("nothing migrates the database, as Dockerfile:4 runs one program whatever the command");
  });
});
