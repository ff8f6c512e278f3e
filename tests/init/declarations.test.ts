import { initialised } from "./support/project-folder";
import { django, dockerfile } from "./support/shapes";

describe("Stack files of projects with declarations", () => {
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

    expect(config.build).toEqual({
      context: expect.any(String),
      dockerfile: "Dockerfile",
      args: { BUILD_ENV: "production" },
    });
    expect(todos).toContain(
      "mounts the build secret pip-token, which no setting can give: build that part into a base image",
    );
  });
});
