/** What a value is, for an error: "an Array", "a string", "undefined". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const kind = typeof value === "object" ? (value.constructor?.name ?? "Object") : typeof value;
  return `${/^[AEIOaeio]/.test(kind) ? "an" : "a"} ${kind}`;
}
