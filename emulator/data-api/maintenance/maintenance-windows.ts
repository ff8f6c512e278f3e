import type { MachineContext } from "../../contract";
import { invalidParams } from "../../http/errors";
import { newRecord } from "../../new-record";
import type { AddonRecord } from "../../store/entities";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WINDOW_HOURS = 4;

/** The window of a data add-on that nobody chose one for. */
const DEFAULT_WINDOW = "Mondays 20:00 to Tuesdays 00:00 UTC";

/** When Heroku may maintain data services. Local Heroku's never need maintenance; the window is only stored. */
export class MaintenanceWindows {
  constructor(private readonly context: Pick<MachineContext, "store" | "clock" | "ids">) {}

  of({ id }: AddonRecord): string {
    return this.windows.get(id)?.window ?? DEFAULT_WINDOW;
  }

  set({ id }: AddonRecord, day: string, time: string): string {
    const window = windowFrom(day, time);
    if (window === undefined) throw invalidParams("Invalid window: choose a day of the week and a time at :00 or :30.");
    const fresh = newRecord(this.context, id);
    this.windows.put({ ...fresh, createdAt: this.windows.get(id)?.createdAt ?? fresh.createdAt, window });
    return window;
  }

  /** Sets the window from a text such as `Mondays 10:30`. */
  setFrom(addon: AddonRecord, description: string): string {
    const [, day = "", time = ""] = /^\s*([a-z]+)\s+(.+?)\s*$/i.exec(description) ?? [];
    return this.set(addon, day, time);
  }

  private get windows() {
    return this.context.store.collection("maintenanceWindows");
  }
}

/**
 * A weekly window of four hours in Heroku's words, from a day and a time such as `13:30` or `1:30PM`; undefined if
 * they are not a day and a time.
 */
export function windowFrom(day: string, time: string): string | undefined {
  const first = dayNumber(day);
  const [, hours, minutes, half] = TIME.exec(time) ?? [];
  if (first < 0 || hours === undefined || minutes === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  if (hour > 23) return undefined;
  const last = hour + WINDOW_HOURS >= 24 ? DAYS[(first + 1) % 7] : DAYS[first];
  const until = `${pad((hour + WINDOW_HOURS) % 24)}:${minutes}`;
  const start = `${DAYS[first]}s ${pad(hour)}:${minutes}`;
  return `${start} to ${last === DAYS[first] ? until : `${last}s ${until}`} UTC`;
}

/** A time of day; some clients send a complete window, such as `10:30 to 14:30 UTC`. */
const TIME = /^\s*(\d{1,2}):(00|30)\s*(am|pm)?(?:\s+to\s.*)?(?:\s+utc)?\s*$/i;

/** 0 for `Sunday`, `sundays` or `Sun`; -1 for anything else. */
function dayNumber(day: string): number {
  const wanted = day.trim().toLowerCase().replace(/s$/, "");
  return DAYS.findIndex((each) => wanted.length >= 3 && each.toLowerCase().startsWith(wanted));
}

function pad(hour: number): string {
  return String(hour).padStart(2, "0");
}
