import { listenOnPort } from "../../init/listen-on-port";

describe("listenOnPort", () => {
  it.each([
    ["gunicorn shop.wsgi -b 0.0.0.0:8000 --workers 2", "gunicorn shop.wsgi --workers 2 --bind 0.0.0.0:$PORT"],
    ["gunicorn --bind=unix:/tmp/s shop.wsgi", "gunicorn shop.wsgi --bind 0.0.0.0:$PORT"],
    ["uvicorn shop.asgi:app --host 127.0.0.1 --port=8000", "uvicorn shop.asgi:app --host 0.0.0.0 --port $PORT"],
    ["uvicorn shop.asgi:app", "uvicorn shop.asgi:app --host 0.0.0.0 --port $PORT"],
    ["daphne -b 0.0.0.0 -p 8000 shop.asgi:app", "daphne --bind 0.0.0.0 --port $PORT shop.asgi:app"],
    ["daphne -u /tmp/s shop.asgi:app", "daphne shop.asgi:app --bind 0.0.0.0 --port $PORT"],
    ["hypercorn shop.asgi --bind 0.0.0.0:80", "hypercorn shop.asgi --bind 0.0.0.0:$PORT"],
    ["python manage.py runserver", "python manage.py runserver 0.0.0.0:$PORT"],
    ["python manage.py runserver 0:8000 --noreload", "python manage.py runserver 0.0.0.0:$PORT --noreload"],
    ["waitress-serve --port=8000 shop.wsgi:app", "waitress-serve shop.wsgi:app --listen 0.0.0.0:$PORT"],
    ["uwsgi --ini app.ini --socket :3031", "uwsgi --ini app.ini --http-socket :$PORT"],
    ["flask --app shop run -p 5000", "flask --app shop run --port $PORT --host 0.0.0.0"],
    ["python migrate.py && gunicorn a:b -b :80", "python migrate.py && gunicorn a:b --bind 0.0.0.0:$PORT"],
    ["rails server -p 3000", "rails server -p $PORT"],
    ["serve -s build -l 3000", "serve -s build -l $PORT"],
  ])("makes %s listen", (line, expected) => {
    expect(listenOnPort(line, "", [3000])).toEqual({ line: expected, port: "set" });
  });

  it.each([
    [`gunicorn a:b --bind 0.0.0.0:$\{PORT:-8000}`, ""],
    ["gunicorn a:b", ""],
    ["gunicorn a:b", "bind = f\"0.0.0.0:{os.getenv('PORT', '8000')}\""],
    ["uwsgi app.ini", "http-socket = :$(PORT)"],
    ["node server.js", "listen(process.env.PORT)"],
  ])("leaves %s alone, which reads PORT, with %j", (line, config) => {
    expect(listenOnPort(line, config)).toEqual({ line, port: "its own" });
  });

  it("overrides a configuration that binds another port", () => {
    const { line } = listenOnPort("gunicorn a:b -c gunicorn.conf.py", 'bind = "0.0.0.0:8000"');
    expect(line).toBe("gunicorn a:b -c gunicorn.conf.py --bind 0.0.0.0:$PORT");
  });

  it("does not know of others", () => {
    expect(listenOnPort("/serve --mode 3000", "", [3000]).port).toBe("unknown");
  });
});
