const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WINDOW_HOURS = 4;

/** The window of a data add-on that nobody chose one for. */
export const DEFAULT_WINDOW = "Mondays 20:00 to Tuesdays 00:00 UTC";

/** A weekly window of four hours as Heroku words it, from a day and a time such as `13:30` or `1:30PM`; undefined for what is neither. */
export function windowFrom(day: string, time: string): string | undefined {
  const first = DAYS.findIndex((each) => each.toLowerCase() === day.toLowerCase());
  const [, hours, minutes, half] = /^(\d{1,2}):(00|30)\s*(am|pm)?$/i.exec(time) ?? [];
  if (first < 0 || hours === undefined || minutes === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  if (hour > 23) return undefined;
  const last = hour + WINDOW_HOURS >= 24 ? DAYS[(first + 1) % 7] : DAYS[first];
  const until = `${pad((hour + WINDOW_HOURS) % 24)}:${minutes}`;
  const start = `${DAYS[first]}s ${pad(hour)}:${minutes}`;
  return `${start} to ${last === DAYS[first] ? until : `${last}s ${until}`} UTC`;
}

function pad(hour: number): string {
  return String(hour).padStart(2, "0");
}
