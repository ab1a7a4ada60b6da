/** A time of day in the user's zone, `21:17:33.154`. `time`: ISO 8601 or milliseconds since the epoch. */
export function clock(time: string | number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '–';
  const two = (part: number) => String(part).padStart(2, '0');
  const milliseconds = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${milliseconds}`;
}
