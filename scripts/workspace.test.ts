import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// The arrows of ARCHITECTURE.md: which packages of the scope a package may need at run time.
const arrows: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  activations: [],
  losses: ["tensor"],
  optim: [],
  mlp: ["activations", "tensor", "wasm"],
  data: ["tensor"],
  wasm: ["tensor"],
  blas: ["tensor", "wasm"],
};

// What a package needs of others' at run time.
const outside: Readonly<Record<string, readonly string[]>> = { blas: ["koffi"] };

const root = new URL("..", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const packages = readdirSync(new URL("packages", root)).sort();
const scope = "@feedforward/";

test("every package has its arrows listed", () => {
  expect(packages).toEqual(Object.keys(arrows).sort());
});

for (const name of packages) {
  const manifest = JSON.parse(read(`packages/${name}/package.json`)) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const runtime = Object.keys(manifest.dependencies ?? {}).sort();

  test(`${name} depends on exactly the packages that its arrows allow`, () => {
    const allowed = [
      ...(arrows[name] ?? []).map((target) => scope + target),
      ...(outside[name] ?? []),
    ];
    expect(runtime).toEqual(allowed.sort());
  });

  test(`${name} imports at run time only what it depends on`, () => {
    const development = Object.keys(manifest.devDependencies ?? {});
    for (const file of readdirSync(new URL(`packages/${name}/src`, root), { recursive: true })) {
      const path = String(file);
      if (!path.endsWith(".ts") || /\.test(-d)?\.ts$/.test(path)) continue;
      const text = read(`packages/${name}/src/${path}`);
      for (const [, typeOnly, specifier] of text.matchAll(
        /^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)";/gm,
      )) {
        if (specifier?.startsWith(".")) continue;
        const allowed = typeOnly ? [...runtime, ...development] : runtime;
        expect(allowed, `${path} imports ${specifier}`).toContain(specifier);
      }
    }
  });
}
