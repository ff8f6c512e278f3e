import { initialised } from "./support/project-folder";
import { dockerfile } from "./support/shapes";

describe("Stack files of other programs", () => {
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

  it("takes compose's command without what waits for its services, and gives SQLAlchemy the scheme that it knows", () => {
    const { config } = initialised({
      Dockerfile: dockerfile(),
      "requirements.txt": "fastapi\nuvicorn\nsqlalchemy\n",
      "docker-compose.yml": [
        "services:",
        "  api:",
        "    build: .",
        "    command: bash -c 'while !</dev/tcp/db/5432; do sleep 1; done; uvicorn app:app --reload --port 8000'",
        "  db: {image: postgres}",
        "",
      ].join("\n"),
      "app.py": '@app.get("/ping")\ndef ping(): ...\n',
    });

    expect(config.processTypes).toMatchObject({
      web: {
        command: `export DATABASE_URL="postgresql://$\{DATABASE_URL#*://}"; exec uvicorn app:app --port $PORT --host 0.0.0.0`,
      },
    });
    expect(config.healthPath).toBe("/ping");
  });

  it("builds the stage for production where the last one is for development or runs nothing", () => {
    const stages = (...lines: string[]) => ({ Dockerfile: ["FROM debian AS base", ...lines, ""].join("\n") });
    const release = ["FROM base AS release", "CMD serve $PORT"];

    for (const last of [["FROM base AS dev-envs", "CMD bash"], ["FROM base AS artifact"]]) {
      expect(initialised(stages(...release, ...last)).config.processTypes).toMatchObject({
        web: { target: "release" },
      });
    }
    expect(initialised(stages("CMD old", ...release)).config.processTypes).toEqual({
      web: { size: "basic", quantity: 1 },
    });
  });

  it("leaves an image alone whose base brings the command", () => {
    const { text, todos } = initialised({
      Dockerfile: "FROM tiangolo/uvicorn-gunicorn:python3.11\nCOPY app /app\n",
      "app/main.py": "",
    });

    expect(text).toContain("# guess: the command of tiangolo/uvicorn-gunicorn:python3.11, as Dockerfile has no CMD.");
    expect(todos).not.toContain("has no CMD");
  });
});
