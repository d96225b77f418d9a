/**
 * A deep copy of a state, in plain memory: nothing in it aliases the state or its backend's memory.
 *
 * Structure and kinds stay: numbers, `Float32Array`, `Float64Array`, and plain objects and arrays of
 * them. Where a backend's memory is not the host's, pull the state's arrays first.
 *
 * @param state What `init` made.
 * @throws {TypeError} when the state holds something else.
 * @see `restore` copies it back. PyTorch `optimizer.state_dict()` (which aliases the state).
 * @example
 * const optimizer = sgd({ learningRate: 0.1 });
 * const state = optimizer.init([]);
 * const before = snapshot(state);
 * optimizer.step([], [], state);
 * [before.step, state.step] // => [0, 1]
 */
export function snapshot<State>(state: State): State {
  return copy(state, "state") as State;
}

function copy(value: unknown, path: string): unknown {
  if (typeof value === "number") return value;
  if (value instanceof Float32Array) return new Float32Array(value);
  if (value instanceof Float64Array) return new Float64Array(value);
  if (Array.isArray(value)) return value.map((entry, i) => copy(entry, `${path}[${i}]`));
  if (Object.prototype.toString.call(value) !== "[object Object]")
    throw new TypeError(
      `snapshot() expects numbers, float arrays, and plain objects and arrays of them, ` +
        `but ${path} is ${Object.prototype.toString.call(value).slice(8, -1)}`,
    );
  return Object.fromEntries(
    Object.entries(value as object).map(([key, entry]) => [key, copy(entry, `${path}.${key}`)]),
  );
}
