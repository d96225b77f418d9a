type Fields = Record<string, unknown>;

/**
 * Copies a snapshot's values back into a state, in place; the next step then equals, bit for bit, the
 * one that would have followed the snapshot.
 *
 * All is checked before anything is written: a snapshot that does not fit leaves the state as it was.
 * Where a backend's memory is not the host's, push the state's arrays afterwards.
 *
 * @param state What `init` made, for the same parameters and options.
 * @param snapshot What `snapshot` made; a copy from a file does as well.
 * @throws {TypeError} when the snapshot has other fields or kinds than the state.
 * @throws {RangeError} when an array has another length.
 * @see PyTorch `optimizer.load_state_dict()`.
 * @example
 * const optimizer = sgd({ learningRate: 0.1 });
 * const state = optimizer.init([]);
 * const before = snapshot(state);
 * optimizer.step([], [], state);
 * restore(state, before);
 * state.step // => 0
 */
export function restore<State extends object>(state: State, snapshot: State): void {
  check(state, snapshot, "state");
  write(state as Fields, snapshot as Fields);
}

const isFloats = (value: unknown): value is Float32Array | Float64Array =>
  value instanceof Float32Array || value instanceof Float64Array;

function kind(value: unknown): string {
  if (value instanceof Float32Array) return "a Float32Array";
  if (value instanceof Float64Array) return "a Float64Array";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null)
    return `an object of { ${Object.keys(value).sort().join(", ")} }`;
  return value === undefined || value === null ? String(value) : `a ${typeof value}`;
}

function check(state: unknown, snapshot: unknown, path: string): void {
  if (kind(state) !== kind(snapshot))
    throw new TypeError(
      `restore() expects a snapshot of this state, but ${path} is ${kind(state)} ` +
        `and in the snapshot ${kind(snapshot)}`,
    );
  if (isFloats(state) && isFloats(snapshot)) {
    if (state.length !== snapshot.length)
      throw new RangeError(
        `restore() expects a snapshot of this state, but ${path} has ${state.length} elements ` +
          `and in the snapshot ${snapshot.length}`,
      );
  } else if (typeof state === "object") {
    for (const key of Object.keys(state as Fields))
      check(
        (state as Fields)[key],
        (snapshot as Fields)[key],
        Array.isArray(state) ? `${path}[${key}]` : `${path}.${key}`,
      );
  }
}

function write(state: Fields, snapshot: Fields): void {
  for (const key of Object.keys(state)) {
    const to = state[key];
    const from = snapshot[key];
    if (isFloats(to)) to.set(from as Float32Array);
    else if (typeof to === "number") state[key] = from;
    else write(to as Fields, from as Fields);
  }
}
