/** Celery's beat keeps its schedule in a file of its working folder, which a dyno may not be able to write. */
export function celeryCommand(line: string): string {
  const keepsFile = /\bbeat\b|\s-B\b|\s--beat\b/.test(line) && /\bcelery\b/.test(line);
  const hasOwn = /\s(-s|--schedule)\b|(-S|--scheduler)[= ]/.test(line);
  return keepsFile && !hasOwn ? `${line} --schedule /tmp/celerybeat-schedule` : line;
}
