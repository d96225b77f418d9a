/** Throws where an object of some JSON names a key twice, which JSON.parse() passes over. */
export function expectEachKeyOnce(text: string): void {
  let at = 0;
  const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)\s*/y;
  const next = (): string => {
    token.lastIndex = at;
    const [all, found] = token.exec(text)!;
    at += all.length;
    return found!;
  };
  const value = (): void => {
    const first = next();
    if (first !== "{" && first !== "[") return;
    const keys = new Set<string>();
    const end = first === "{" ? "}" : "]";
    for (;;) {
      const before = at;
      const found = next();
      if (found === end) return;
      if (found === ",") continue;
      if (first === "[") at = before;
      else {
        const key: string = JSON.parse(found);
        if (keys.has(key)) throw new Error(`expected each key once, but ${key} comes twice`);
        keys.add(key);
        next();
      }
      value();
    }
  };
  value();
}
