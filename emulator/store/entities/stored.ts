/** What every stored record has. Records are immutable: a change is a new object put under the same id. */
export interface Stored {
  readonly id: string;
}

/** A record with its times, ISO 8601 in UTC. */
export interface Timed extends Stored {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A record that belongs to one app and goes with it. */
export interface OfApp extends Timed {
  readonly appId: string;
}
