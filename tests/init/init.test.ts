import { initialised } from "./support/project-folder";
import { django, dockerfile } from "./support/shapes";

describe("initStack", () => {
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

  it("takes compose's production services, a start script's port and an entrypoint that waits for parts of the address", () => {
    const { config, text, todos } = initialised({
      "compose/local/django/Dockerfile": dockerfile("CMD python manage.py runserver 0.0.0.0:8000"),
      "compose/production/django/Dockerfile": dockerfile(
        "COPY ./compose/production/django/entrypoint /entrypoint",
        "COPY ./compose/production/django/start /start",
        'ENTRYPOINT ["/entrypoint"]',
      ),
      "compose/production/django/entrypoint":
        '#!/bin/bash\nset -o nounset\nuntil nc -z $POSTGRES_HOST $POSTGRES_PORT; do sleep 1; done\nexec "$@"\n',
      "compose/production/django/start": "#!/bin/bash\nexec gunicorn config.wsgi --bind 0.0.0.0:5000\n",
      "production.yml": [
        "services:",
        "  django: &django",
        "    build: {context: ., dockerfile: ./compose/production/django/Dockerfile}",
        "    command: /start",
        "  celeryworker:",
        "    <<: *django",
        "    command: celery -A shop worker",
        "  flower:",
        "    <<: *django",
        "    command: celery -A shop flower",
        "  postgres: {image: 'postgres:16'}",
        "",
      ].join("\n"),
      "requirements/production.txt": "gunicorn\n",
      ...django('SECRET_KEY = env("DJANGO_SECRET_KEY")\nDATABASES = {"default": env.db("DATABASE_URL")}'),
    });

    expect(config.build).toEqual({ context: "../shop", dockerfile: "compose/production/django/Dockerfile" });
    expect(config.processTypes).toMatchObject({
      web: { command: 'bash -c "$(sed "s/\\b5000\\b/$PORT/g" /start)"' },
      worker: { command: "celery -A shop worker" },
    });
    expect(config.processTypes).not.toHaveProperty("flower");
    expect(config.configVars).toEqual({ BASH_ENV: expect.stringContaining("export POSTGRES_HOST=") });
    expect(config.generatedSecrets).toEqual(["DJANGO_SECRET_KEY"]);
    expect(text).toContain("# Others, not used: compose/local/django/Dockerfile.");
    expect(todos).toContain("production.yml:8 runs Flower, which is left out: only web gets requests");
  });

  it("makes nginx of a static site listen on PORT, without any data service", () => {
    const { config } = initialised({
      Dockerfile: "FROM nginx:1.27\nCOPY public /usr/share/nginx/html\n",
      "public/index.html": "",
    });

    expect(config.processTypes).toMatchObject({ web: { command: expect.stringMatching(/\$PORT.+exec nginx /) } });
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(["postgres"]));
    expect(config).toMatchObject({ healthPath: "/", generatedSecrets: [], hostsVars: {} });
  });

  it("leaves nginx alone whose template listens on PORT", () => {
    const { config } = initialised({
      Dockerfile: "FROM nginx:1.27\nCOPY site.conf.template /etc/nginx/templates/default.conf.template\n",
      "site.conf.template": `server { listen $\{PORT}; location = /health { return 200; } }\n`,
    });

    expect(config.processTypes).toEqual({ web: { size: "basic", quantity: 1 } });
    expect(config.healthPath).toBe("/health");
  });

  it("takes a Node app by its own start", () => {
    const { config, todos } = initialised({
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
      "package.json": '{"dependencies": {"express": "5", "pg": "8"}}',
      "server.js":
        'app.get("/healthz", ok);\nconnect(process.env.DATABASE_URL);\napp.listen(process.env.PORT || 3000);\n',
    });

    expect(config).toMatchObject({
      processTypes: { web: { size: "basic", quantity: 1 } },
      healthPath: "/healthz",
      postgres: { plan: "essential-0" },
      configVars: { PGSSLMODE: "no-verify", NODE_ENV: "production" },
    });
    expect(todos).toBe("");
  });

  it("says of a program that is not seen to read PORT what it must do", () => {
    const { todos } = initialised({ Dockerfile: 'FROM debian\nEXPOSE 8080\nCMD ["/serve"]\n' });

    expect(todos).toContain('Dockerfile:3 runs "/serve", which was not seen to read PORT: it must listen on $PORT');
  });

  it("chooses the app among several Dockerfiles and names the others", () => {
    const { config, text } = initialised({
      "backend/Dockerfile": dockerfile('CMD ["uvicorn", "shop.asgi:application"]'),
      "backend/requirements.txt": "django\nuvicorn\n",
      ...django("", undefined, "backend/"),
      "frontend/Dockerfile": "FROM node:22\nCMD npm start\n",
      "proxy/Dockerfile": "FROM nginx:1\n",
    });

    expect(config.build).toEqual({ context: "../shop/backend", dockerfile: "Dockerfile" });
    expect(text).toContain("# Others, not used: proxy/Dockerfile, frontend/Dockerfile.");
  });

  it("follows heroku.yml and app.json", () => {
    const { config, text, todos } = initialised({
      Dockerfile: dockerfile("CMD python dev.py"),
      "docker/Dockerfile.live": dockerfile("ARG NIGHTLY=1", "CMD gunicorn shop.wsgi --bind :$PORT"),
      "heroku.yml": [
        "setup:",
        "  addons:",
        "    - plan: heroku-postgresql:standard-0",
        "    - plan: papertrail:choklad",
        "build:",
        "  docker: {web: docker/Dockerfile.live}",
        "  config: {NIGHTLY: 0}",
        "run:",
        "  worker: {image: web, command: [python manage.py rqworker]}",
        "release: {image: web, command: [python manage.py migrate]}",
        "",
      ].join("\n"),
      "app.json": JSON.stringify({
        env: {
          KEY: { generator: "secret" },
          MODE: "live",
          HEROKU_DEMO: "1",
          OWNER: { description: "Who runs it." },
          MAIL_PASSWORD: { required: true },
        },
        formation: { web: { size: "Standard-2X", quantity: 2 } },
      }),
    });

    expect(config).toMatchObject({
      build: { context: "../shop/docker", dockerfile: "Dockerfile.live", args: { NIGHTLY: "0" } },
      processTypes: {
        web: { size: "standard-2x", quantity: 2 },
        worker: { command: "python manage.py rqworker", size: "standard-1x" },
        release: { command: "python manage.py migrate" },
      },
      postgres: { plan: "standard-0" },
      addons: ["papertrail:choklad"],
      configVars: { MODE: "live" },
      generatedSecrets: ["KEY"],
    });
    expect(text).toContain("# heroku.yml:7.\n      NIGHTLY: '0'");
    expect(todos).toContain("sets HEROKU_DEMO, which Heroku or an add-on reserves: it is left out");
    expect(todos).toContain("needs OWNER (Who runs it): add it to skechwime:configVars");
    expect(todos).toContain(
      "values of MAIL_PASSWORD (app.json:1): run npm run pulumi -- config set --stack shop --secret",
    );
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

  it("gives placeholders to what the settings demand, and never a value of an .env file", () => {
    const { config, text, todos } = initialised({
      Dockerfile: dockerfile("CMD gunicorn shop.wsgi --bind :$PORT"),
      ".env": "STRIPE_SECRET_KEY=sk_live_1\nSENTRY_DSN=https://real@sentry.io/1\n",
      "docker-compose.yml": "services:\n  web:\n    build: .\n    environment: {STRIPE_SECRET_KEY: sk_live_2}\n",
      ...django('STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY")\nDSN = env("SENTRY_DSN")\nMAX = env.int("MAX_ITEMS")'),
    });

    expect(config.generatedSecrets).toEqual(["STRIPE_SECRET_KEY"]);
    expect(config.configVars).toEqual({ SENTRY_DSN: "https://placeholder@sentry.invalid/1", MAX_ITEMS: "1" });
    expect(todos).toContain("values of STRIPE_SECRET_KEY (shop/settings.py:2)");
    expect(text + todos).not.toMatch(/sk_live|real@/);
  });

  it("sets a build argument for production whose default is for development, and asks for a build secret", () => {
    const { config, todos } = initialised({
      Dockerfile: dockerfile(
        "ARG BUILD_ENV=development",
        "RUN --mount=type=secret,id=pip-token pip install .",
        "CMD serve $PORT",
      ),
    });

    expect(config.build).toMatchObject({ args: { BUILD_ENV: "production" }, secrets: { "pip-token": "PIP_TOKEN" } });
    expect(todos).toContain("needs the build secret pip-token: set PIP_TOKEN in the environment of npm start");
  });
});
