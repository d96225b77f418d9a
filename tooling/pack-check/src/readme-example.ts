/** What a README promises: the command that installs, and the example that then runs. */
export interface ReadmeExample {
  /** Packages that the first `npm install` line names. */
  readonly install: readonly string[];
  /** The first ```ts block. */
  readonly code: string;
}

/**
 * Reads the first `npm install` line and the first ```ts block of a README.
 *
 * @throws {Error} when one is missing, when the line does not begin with the package itself, or when the
 * example imports a package that the line does not install.
 */
export const readmeExample = (name: string, readme: string): ReadmeExample => {
  const install = /^\s*npm install (.+)$/m.exec(readme)?.[1]?.trim().split(/\s+/);
  if (install?.[0] !== name)
    throw new Error(`README.md has no line "npm install ${name}" before its other install lines`);
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1];
  if (code === undefined) throw new Error("README.md has no ```ts block: its first one is run");
  const imported = importedPackages(code);
  if (!imported.includes(name)) throw new Error(`the README's first example does not use ${name}`);
  const missing = imported.filter((specifier) => !install.includes(specifier));
  if (missing.length > 0)
    throw new Error(
      `the README's first example imports ${missing.join(", ")}, which its install line does not name`,
    );
  return { install, code };
};

/** The packages that a module imports, without Node's own. */
export const importedPackages = (code: string): readonly string[] => {
  const specifiers = [...code.matchAll(/^(?:import|export)\b[^"';]*"([^".][^"]*)"/gm)].map(
    ([, specifier]) => specifier!,
  );
  const packages = specifiers
    .filter((specifier) => !specifier.startsWith("node:"))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]);
  return [...new Set(packages)];
};
