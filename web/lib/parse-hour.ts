/** An hour as people type it: `21:40`, `21.40`, `2140`, `9:05`, `9`. `null` when it is none. */
export function parseHour(input: string): string | null {
  const parts = /^(\d{1,2})(?:[:.\- ]?(\d{2}))?$/.exec(input.trim());
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}
