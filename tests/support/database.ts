import { Client } from "pg";

/** Runs SQL as a person with psql would: over TLS, without checking the self-signed certificate. */
export async function query(url: string | undefined, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, ssl: { rejectUnauthorized: false } });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
