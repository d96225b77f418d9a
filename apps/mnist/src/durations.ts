/** A time that was measured: "0.4 s", "12.3 s", "3:05", "1:02:09". */
export function elapsed(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : clock(seconds);
}

/** A time that is guessed, to the second: "0:04", "3:05", "1:02:09". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
