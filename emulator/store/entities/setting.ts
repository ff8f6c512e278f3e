import type { Stored } from "./stored";

/** A value of the instance itself, such as the clock's offset, keyed by its name. */
export interface SettingRecord extends Stored {
  readonly value: string | number | boolean | null;
}
