import { entity, type Stored } from "./entity";

/** A value of the instance itself, such as the clock's offset, under its name. */
export interface SettingRecord extends Stored {
  readonly value: string | number | boolean | null;
}

export const settings = entity<SettingRecord>()({}, {});
